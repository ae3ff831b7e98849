# SPDX-License-Identifier: GPL-3.0-or-later
# Libraries that a program loads when it first calls them (docs/adr/0113). FFmpeg brings 130 others, which took three quarters of a second command's
# time although most commands never decode. artdag_late(PROGRAM ROOMS … LIBRARIES …) links PROGRAM with short stubs in place of LIBRARIES.
function(artdag_late_library name) # an interface that is the library, or nothing in programs that load it late
    add_library(artdag_${name} INTERFACE)
    target_link_libraries(artdag_${name} INTERFACE $<$<NOT:$<BOOL:$<TARGET_PROPERTY:ARTDAG_LATE>>>:${ARGN}>)
endfunction()

function(artdag_late program)
    if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
        return() # the stubs are written for this one; others link as usual
    endif()
    cmake_parse_arguments(LATE "" "" "ROOMS;LIBRARIES" ${ARGN})
    list(FILTER LATE_LIBRARIES EXCLUDE REGEX "/libm\\.so$") # every program has it
    set(stubs ${CMAKE_BINARY_DIR}/late_${program}.cpp)
    list(TRANSFORM LATE_ROOMS REPLACE "(.+)" "$<TARGET_FILE:artdag_\\1>" OUTPUT_VARIABLE archives)
    list(TRANSFORM LATE_ROOMS PREPEND artdag_ OUTPUT_VARIABLE rooms)
    add_custom_command(OUTPUT ${stubs} COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/late.py --nm ${CMAKE_NM} ${stubs} --in ${archives} --of ${LATE_LIBRARIES}
        DEPENDS ${rooms} ${CMAKE_SOURCE_DIR}/cmake/late.py VERBATIM)
    target_sources(${program} PRIVATE ${stubs})
    set_target_properties(${program} PROPERTIES ARTDAG_LATE ON)
    set_source_files_properties(${stubs} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
