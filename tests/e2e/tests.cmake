# SPDX-License-Identifier: GPL-3.0-or-later
# Real programs, started as their users start them.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(e2e_test name)
    add_test(NAME e2e_${name} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/e2e/${name}.py -v)
    set_tests_properties(e2e_${name} PROPERTIES LABELS "e2e;default" TIMEOUT 900 RUN_SERIAL ON
        ENVIRONMENT "ARTDAG_SOURCE=${CMAKE_SOURCE_DIR};ARTDAG_BIN=${CMAKE_BINARY_DIR}/bin")
endfunction()
e2e_test(render_test)
e2e_test(verify_test)
e2e_test(isolate_test)
e2e_test(check_test)
e2e_test(encode_test)
e2e_test(copy_test)
e2e_test(store_test)
e2e_test(resume_test)
e2e_test(bridges_test)
e2e_test(proxy_test)
e2e_test(pack_test)
add_test(NAME soak_resume COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/e2e/resume_test.py -v)
set_tests_properties(soak_resume PROPERTIES LABELS soak TIMEOUT 14400 RUN_SERIAL ON
    ENVIRONMENT "ARTDAG_SOAK=1;ARTDAG_SOURCE=${CMAKE_SOURCE_DIR};ARTDAG_BIN=${CMAKE_BINARY_DIR}/bin")
if(ARTDAG_SERVER)
    e2e_test(publish_test)
    e2e_test(fediverse_test)
    add_test(NAME e2e_anchors_test COMMAND /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/e2e/anchors_test.py -v) # Debian's, which has python3-opentimestamps
    set_tests_properties(e2e_anchors_test PROPERTIES LABELS "e2e;default" TIMEOUT 900 ENVIRONMENT "ARTDAG_SOURCE=${CMAKE_SOURCE_DIR};ARTDAG_BIN=${CMAKE_BINARY_DIR}/bin")
    e2e_test(render_server_test)
endif()
