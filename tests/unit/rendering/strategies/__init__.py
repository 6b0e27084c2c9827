"""Values of the domain, made to be as bad as the world may make them."""
