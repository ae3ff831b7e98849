# SPDX-License-Identifier: GPL-3.0-or-later
# NAME_fuzz.cpp is a libFuzzer target (preset fuzz). In every build it is also a replay: its corpus, and mutations of it
# that are the same each time, run through it under ctest.
file(GLOB targets CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/*_fuzz.cpp)
foreach(source ${targets})
    get_filename_component(name ${source} NAME_WE)
    if(ARTDAG_FUZZ)
        add_executable(${name} ${source})
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        target_link_libraries(${name} PRIVATE artdag_workflow artdag_anchor)
    endif()
    add_executable(${name}_replay ${source} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/replay.cpp)
    set_target_properties(${name}_replay PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${name}_replay PRIVATE artdag_workflow artdag_anchor)
    string(REPLACE "_fuzz" "" corpus ${name})
    add_test(NAME replay_${corpus} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds.py ${corpus} $<TARGET_FILE:${name}_replay>)
    set_tests_properties(replay_${corpus} PROPERTIES LABELS "default" TIMEOUT 600)
endforeach()
