# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of the house, each a test that fails the build's CI.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(house_test name)
    add_test(NAME house_${name} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/house/${ARGV1} ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR} ${ARGN})
    set_tests_properties(house_${name} PROPERTIES LABELS "house;default" TIMEOUT 900)
endfunction()
house_test(floors floors.py)
house_test(headers_compile_alone headers_alone.py)
house_test(kernel_symbols kernel_symbols.py)
if(TARGET all_qmllint)
    add_test(NAME house_qmllint COMMAND ${CMAKE_COMMAND} --build ${CMAKE_BINARY_DIR} --target all_qmllint)
    set_tests_properties(house_qmllint PROPERTIES LABELS "house;default" TIMEOUT 600)
endif()
