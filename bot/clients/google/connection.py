"""Connections that send a write once: httplib2 repeats a request of any kind whose answer got lost."""

import http.client

import httplib2


class CarefulHttp(httplib2.Http):  # type: ignore[misc]  # it ships no types
    """Reads over connections that are kept, and writes each over one of its own.

    A kept connection may have gone stale, and then a read is sent again. A write may have been done although nothing
    was heard of it; sent again it would be refused as made for an older version, and called not done.
    """

    def request(  # the library's own parameters
        self,
        uri: str,
        method: str = "GET",
        body: object = None,
        headers: object = None,
        redirections: int = httplib2.DEFAULT_MAX_REDIRECTS,
        connection_type: object = None,
    ) -> object:
        """Send one request, as the library documents it."""
        if method == "GET":
            return super().request(uri, method, body, headers, redirections, connection_type)
        self.end()
        once = _HttpsOnce if uri.startswith("https:") else _HttpOnce
        try:
            return super().request(uri, method, body, headers, redirections, once)
        finally:
            self.end()

    def end(self) -> None:
        """Close and forget the connections."""
        for key in list(self.connections):
            self.connections.pop(key).close()


class _Once:
    """A connection whose loss is an error of the network, which the library takes for the end of the matter."""

    def getresponse(self) -> http.client.HTTPResponse:
        try:
            answer: http.client.HTTPResponse = super().getresponse()  # type: ignore[misc]  # a mix-in
        except (http.client.BadStatusLine, http.client.ResponseNotReady) as error:
            raise ConnectionAbortedError("The connection was closed before the answer.") from error
        return answer


class _HttpOnce(_Once, httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc]  # it ships no types
    pass


class _HttpsOnce(_Once, httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc]  # it ships no types
    pass
