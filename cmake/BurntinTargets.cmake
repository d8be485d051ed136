# burntin_library(name HDRS ... SRCS ... DEPS ... PRIVATE_DEPS ...)
#   One module. DEPS are visible to its users; PRIVATE_DEPS (third-party
#   packages, mostly) stay in its .cc files.
# burntin_test(name [SRCS ...] DEPS ... LABELS ...)
#   One GoogleTest program; <name>.cc unless SRCS says otherwise. Runs with
#   OMP_THREAD_LIMIT=1, as the programs do (see LimitLibraryThreads).

string(TOUPPER "${CMAKE_BUILD_TYPE}" BURNTIN_BUILD_TYPE)
add_library(burntin_warnings INTERFACE)
target_compile_options(burntin_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wconversion -Wno-sign-conversion
  -Wno-missing-field-initializers -Werror)
# g++ 12 takes the sanitizers' checks for reads of uninitialised values.
string(FIND "${CMAKE_CXX_FLAGS_${BURNTIN_BUILD_TYPE}}" "-fsanitize" BURNTIN_SANITIZES)
if(NOT BURNTIN_SANITIZES EQUAL -1 AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(burntin_warnings INTERFACE -Wno-maybe-uninitialized)
endif()

function(burntin_library name)
  cmake_parse_arguments(ARG "" "" "HDRS;SRCS;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(burntin_${name} STATIC ${ARG_SRCS} ${ARG_HDRS})
  add_library(burntin::${name} ALIAS burntin_${name})
  target_include_directories(burntin_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(burntin_${name}
    PUBLIC ${ARG_DEPS}
    PRIVATE burntin_warnings ${ARG_PRIVATE_DEPS})
endfunction()

function(burntin_test name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS;LABELS" ${ARGN})
  if(NOT ARG_SRCS)
    set(ARG_SRCS ${name}.cc)
  endif()
  add_executable(${name} ${ARG_SRCS})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE burntin_warnings ${ARG_DEPS}
    GTest::gmock GTest::gtest_main)
  include(GoogleTest)
  gtest_discover_tests(${name} NO_PRETTY_VALUES DISCOVERY_TIMEOUT 120
    PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 600
      ENVIRONMENT "OMP_THREAD_LIMIT=1;OPENBLAS_NUM_THREADS=1")
endfunction()
