# SPDX-License-Identifier: GPL-3.0-or-later
# Reading JSON's templates is two thirds of compiling a file that includes them; -fpch-preprocess is what ccache asks of gcc.
function(artdag_precompile target headers)
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
    target_precompile_headers(${target} PRIVATE ${headers})
endfunction()

# A room is a folder that becomes one static library of its *.cpp files; LINK names the rooms below it.

set(ARTDAG_EMPTY ${CMAKE_BINARY_DIR}/empty_room.cpp)
file(GENERATE OUTPUT ${ARTDAG_EMPTY} CONTENT "namespace artdag {}\n")

function(artdag_room name)
    cmake_parse_arguments(ROOM "JSON" "DIR" "LINK" ${ARGN}) # JSON: most of its files read it
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${ROOM_DIR}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/kernels_[^/]*\\.cpp$")
    if(NOT sources)
        set(sources ${ARTDAG_EMPTY})
    endif()
    add_library(artdag_${name} STATIC ${sources})
    target_include_directories(artdag_${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(artdag_${name} PUBLIC ${ROOM_LINK})
    if(ROOM_JSON)
        artdag_precompile(artdag_${name} <core/base/json.h>)
    endif()
endfunction()

# Kernel files are compiled once per x86-64 level, each into its own namespace; picture/simd.h chooses at start.
# The two -fno-* flags let loops vectorise and change no value.
function(artdag_kernels name folder)
    file(GLOB kernels CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/kernels_*.cpp)
    foreach(level v2 v3 v4)
        if(NOT kernels)
            break()
        endif()
        add_library(artdag_${name}_${level} OBJECT ${kernels})
        target_include_directories(artdag_${name}_${level} PRIVATE ${CMAKE_SOURCE_DIR})
        target_compile_definitions(artdag_${name}_${level} PRIVATE ARTDAG_LEVEL=${level})
        target_compile_options(artdag_${name}_${level} PRIVATE -march=x86-64-${level} ${ARTDAG_HOT_LOOPS} -ffp-contract=off -fno-math-errno -fno-trapping-math)
        if(level STREQUAL v4)
            target_compile_options(artdag_${name}_${level} PRIVATE -mprefer-vector-width=512)
        endif()
        target_sources(artdag_${name} PRIVATE $<TARGET_OBJECTS:artdag_${name}_${level}>)
    endforeach()
endfunction()

# effects/NAME.cpp must define `const Effect effect_NAME`; the table of all of them is generated here.
function(artdag_effects folder)
    cmake_parse_arguments(ROOM "" "" "LINK" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    set(declarations "")
    set(entries "")
    foreach(source ${sources})
        get_filename_component(stem ${source} NAME_WE)
        file(SHA3_256 ${source} hash)
        string(APPEND declarations "extern const Effect effect_${stem};\n")
        string(APPEND entries "    {\"${stem}\", \"${hash}\", &effect_${stem}},\n")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    endforeach()
    set(table ${CMAKE_BINARY_DIR}/effect_table.cpp)
    file(GENERATE OUTPUT ${table} CONTENT
"// SPDX-License-Identifier: GPL-3.0-or-later
// Generated from the names in effects/.
#include \"core/effect/catalogue.h\"

namespace artdag {
${declarations}
namespace {
const CatalogueEntry entries[] = {
${entries}    {\"\", \"\", nullptr},
};
}

const Catalogue& builtinEffects()
{
    static const Catalogue catalogue{std::span<const CatalogueEntry>(entries, sizeof entries / sizeof *entries - 1)};
    return catalogue;
}
} // namespace artdag
")
    add_library(artdag_effects STATIC ${sources} ${table})
    target_include_directories(artdag_effects PUBLIC ${CMAKE_SOURCE_DIR})
    target_compile_options(artdag_effects PRIVATE ${ARTDAG_HOT_LOOPS} -fno-math-errno -fno-trapping-math)
    target_link_libraries(artdag_effects PUBLIC ${ROOM_LINK})
endfunction()

# A Qt Test program tests/FOLDER/NAME_test.cpp, run by ctest under LABEL.
function(artdag_test source label)
    cmake_parse_arguments(TEST "JUNIT" "OPTIMISE" "LINK" ${ARGN}) # JUNIT: what each function says is kept in junit/NAME.xml
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} ${source})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE Qt6::Test artdag_test_support ${TEST_LINK})
    target_compile_options(${name} PRIVATE ${TEST_OPTIMISE})
    target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS) # core has members that are called signals
    set(alike ARTDAG_PRECOMPILED${TEST_OPTIMISE}) # those with the same flags and definitions share what is made ready
    if(artdag_ui IN_LIST TEST_LINK)
        string(APPEND alike ui)
    endif()
    get_property(precompiled GLOBAL PROPERTY ${alike})
    if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU") # others want the very same definitions in each
    elseif(precompiled)
        target_compile_options(${name} PRIVATE -fpch-preprocess)
        target_precompile_headers(${name} REUSE_FROM ${precompiled})
    else()
        artdag_precompile(${name} "<QtTest/QtTest>;<core/base/json.h>")
        set_property(GLOBAL PROPERTY ${alike} ${name})
    endif()
    set(said)
    if(TEST_JUNIT)
        set(said -o ${CMAKE_BINARY_DIR}/junit/${name}.xml,junitxml -o -,txt)
    endif()
    add_test(NAME ${name} COMMAND ${name} ${said})
    set_tests_properties(${name} PROPERTIES LABELS "${label}" TIMEOUT 900
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;ARTDAG_SOURCE=${CMAKE_SOURCE_DIR};ARTDAG_BIN=${CMAKE_BINARY_DIR}/bin")
endfunction()
