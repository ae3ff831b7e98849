# SPDX-License-Identifier: GPL-3.0-or-later
# Two configurations of this build; all twelve, and the planted faults: ./run test determinism.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME determinism_quick COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/determinism/determinism.py --build ${CMAKE_BINARY_DIR} --quick)
set_tests_properties(determinism_quick PROPERTIES LABELS "e2e;default" TIMEOUT 600)
