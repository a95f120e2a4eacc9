# What every C++ target of the project is compiled with. Warnings bind only the project's own sources
# (leanclr_options); an embedder who links the runtime library gets the language level alone.

add_library(leanclr_options INTERFACE)
target_compile_options(leanclr_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti>
  -Wall -Wextra $<$<BOOL:${LEANCLR_WERROR}>:-Werror>)

if(EMSCRIPTEN)
  # In every engine since 2021; scripts/optimize-wasm.mjs names the same ones.
  add_compile_options(-msign-ext -mnontrapping-fptoint -mbulk-memory)
else()
  # The region lies below 2 GiB: an executable linked at a fixed low address would collide with it.
  include(CheckPIESupported)
  check_pie_supported()
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

if(LEANCLR_SANITIZE)
  # vptr needs RTTI, which is off.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# The sources under `folder`, without those of another host: base/platform keeps one small file per host, named
# <host>.cpp or <what>_<host>.cpp.
function(leanclr_sources out folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  if(EMSCRIPTEN)
    set(others linux windows)
  elseif(WIN32)
    set(others linux wasm)
  else()
    set(others windows wasm)
  endif()
  foreach(host IN LISTS others)
    list(FILTER sources EXCLUDE REGEX "/platform/([a-z0-9_]+_)?${host}\\.cpp$")
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

function(leanclr_add_subdirectory_if_present folder)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
    add_subdirectory(${folder})
  endif()
endfunction()
