# leanclr_add_module(name source...): a wasm module that holds the runtime and the sources named, for the JS host.
# The project's own module has no further sources; an embedder adds the C++ functions that C# is to call:
#
#   leanclr_add_module(my-module my_functions.cpp)   # gives my-module.wasm in the build folder
#
# The module comes without Emscripten's JS: the host in js/ instantiates it. EM_JS functions become imports.

if(NOT EMSCRIPTEN)
  return()
endif()

set(LEANCLR_ROOT ${CMAKE_CURRENT_LIST_DIR}/..)
find_program(LEANCLR_NODE node REQUIRED)

# The C interface is what the host calls: leanclr.h alone lists it.
function(leanclr_exported_functions out)
  set(header ${LEANCLR_ROOT}/runtime/public/leanclr.h)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
  file(STRINGS ${header} lines REGEX "^[a-z].* \\*?leanclr_[a-z0-9_]+\\(")
  set(names)
  foreach(line IN LISTS lines)
    string(REGEX MATCH "leanclr_[a-z0-9_]+\\(" name "${line}")
    string(REPLACE "(" "" name "${name}")
    list(APPEND names "_${name}")
  endforeach()
  list(JOIN names "," names)
  set(${out} ${names} PARENT_SCOPE)
endfunction()

function(leanclr_add_module name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE leanclr_wasm leanclr_options)
  set_target_properties(${name} PROPERTIES SUFFIX .wasm)
  leanclr_exported_functions(exports)
  # __stack_pointer: function pointers made at run time and side modules put their frames on the module's C stack.
  # Engines compile a function at its first call, and again, optimised, when it is hot: functions that swallow their only
  # callees cost start-up what they do not give back, and do not even compress better.
  target_link_options(${name} PRIVATE -sBINARYEN_EXTRA_PASSES=one-caller-inline-max-function-size=1
    --no-entry -Wl,--export=__stack_pointer --js-library ${LEANCLR_ROOT}/wasm/host_imports.js -sWASM_BIGINT -sALLOW_MEMORY_GROWTH -sALLOW_TABLE_GROWTH -fno-exceptions
    -sEXPORTED_FUNCTIONS=${exports} -sMAXIMUM_MEMORY=4GB -sINITIAL_MEMORY=1MB -sTOTAL_STACK=256KB -sMALLOC=emmalloc
    $<$<CONFIG:Release>:-Oz> $<$<CONFIG:Debug>:-O1 -g>)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    # In place: a link always starts from the object files. Without npm's Binaryen the module stays as linked.
    add_custom_command(TARGET ${name} POST_BUILD
      COMMAND ${LEANCLR_NODE} ${LEANCLR_ROOT}/scripts/optimize-wasm.mjs $<TARGET_FILE:${name}>
      VERBATIM)
  endif()
  # The EM_JS functions of the sources, as NAME.imports.mjs beside the module.
  add_custom_command(TARGET ${name} POST_BUILD
    COMMAND ${LEANCLR_NODE} ${LEANCLR_ROOT}/scripts/em-js.mjs $<TARGET_FILE:${name}>
    VERBATIM)
endfunction()
