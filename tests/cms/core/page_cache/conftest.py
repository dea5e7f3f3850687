from tests.network import built_network, network  # noqa: F401 (fixtures)
