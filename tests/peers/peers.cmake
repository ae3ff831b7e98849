# SPDX-License-Identifier: GPL-3.0-or-later
# Peers from npm: installed once into the build folder, from the lock file that is here, by the ordinary client.
set(ipfs_peer ${CMAKE_BINARY_DIR}/peers/ipfs)
add_test(NAME peers_ipfs COMMAND sh -c "mkdir -p '${ipfs_peer}' && cd '${ipfs_peer}' && cp '${CMAKE_SOURCE_DIR}'/tests/peers/ipfs/* . && { cmp -s package-lock.json installed.json || { npm ci --no-audit --no-fund && cp package-lock.json installed.json; }; }")
set_tests_properties(peers_ipfs PROPERTIES LABELS default FIXTURES_SETUP peers_ipfs TIMEOUT 600)
set_tests_properties(storage_test PROPERTIES FIXTURES_REQUIRED peers_ipfs)
target_compile_definitions(storage_test PRIVATE ARTDAG_IPFS_PEER="${ipfs_peer}")
