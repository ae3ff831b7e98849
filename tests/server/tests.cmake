# SPDX-License-Identifier: GPL-3.0-or-later
# What single tests of the server need besides; and the one of kills once more with its full count.
add_library(artdag_kill_calls MODULE server/kill_calls.cpp)
set_target_properties(artdag_kill_calls PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_compile_definitions(inbox_kill_test PRIVATE ARTDAG_KILL_CALLS="$<TARGET_FILE:artdag_kill_calls>")
add_dependencies(inbox_kill_test artdag_kill_calls)
add_test(NAME soak_inbox_kill COMMAND inbox_kill_test)
set_tests_properties(soak_inbox_kill PROPERTIES LABELS soak TIMEOUT 7200 RUN_SERIAL ON
    ENVIRONMENT "ARTDAG_SOAK=1;QTEST_FUNCTION_TIMEOUT=7000000;QT_QPA_PLATFORM=offscreen;ARTDAG_SOURCE=${CMAKE_SOURCE_DIR};ARTDAG_BIN=${CMAKE_BINARY_DIR}/bin")
target_link_libraries(alike_test PRIVATE artdag_rendition)
