# SPDX-License-Identifier: GPL-3.0-or-later
# Two programs that play a part: one that tries what the sandbox forbids, one that lies as a worker which was taken over would.
foreach(part prisoner lying_worker)
    add_executable(${part} worker/${part}.cpp)
    target_link_libraries(${part} PRIVATE artdag_worker)
    target_link_options(${part} PRIVATE -Wl,--as-needed) # started hundreds of times: without FFmpeg's libraries
    set_target_properties(${part} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endforeach()
foreach(test worker_test lies_test upload_test)
    if(TARGET ${test})
        target_compile_definitions(${test} PRIVATE ARTDAG_TESTS_DIR="${CMAKE_BINARY_DIR}/tests")
        add_dependencies(${test} prisoner lying_worker artdag-worker)
    endif()
endforeach()
