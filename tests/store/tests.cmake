# SPDX-License-Identifier: GPL-3.0-or-later
# The fault tests of docs/store-faults.md: what they share, and the same programs once more with their full counts.
foreach(name crash faults kill space race)
    target_sources(store_${name}_test PRIVATE store/file_calls.cpp)
endforeach()
target_sources(store_crash_test PRIVATE store/recorded_disk.cpp)
target_sources(store_kill_test PRIVATE store/processes.cpp)
target_sources(store_processes_test PRIVATE store/processes.cpp)
foreach(name crash faults kill damage space processes race million)
    add_test(NAME soak_store_${name} COMMAND store_${name}_test)
    set_tests_properties(soak_store_${name} PROPERTIES LABELS soak TIMEOUT 7200 RUN_SERIAL ON
        ENVIRONMENT "ARTDAG_SOAK=1;QTEST_FUNCTION_TIMEOUT=7000000;QT_QPA_PLATFORM=offscreen;ARTDAG_SOURCE=${CMAKE_SOURCE_DIR};ARTDAG_BIN=${CMAKE_BINARY_DIR}/bin")
endforeach()
