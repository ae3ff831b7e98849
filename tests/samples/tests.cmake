# SPDX-License-Identifier: GPL-3.0-or-later
# Every sample checks, is loud enough, and has a poster unlike the others'. Whole films: ./run samples.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME samples_quick COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/samples/samples.py --bin ${CMAKE_BINARY_DIR}/bin --quick)
add_test(NAME effects_doc COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/samples/effects_doc.py --bin ${CMAKE_BINARY_DIR}/bin --check)
set_tests_properties(effects_doc PROPERTIES LABELS "house;default" TIMEOUT 60)
set_tests_properties(samples_quick PROPERTIES LABELS "e2e;default" TIMEOUT 600)
