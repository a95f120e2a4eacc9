# Toolchain file: Emscripten as found on PATH, Debian's or an emsdk.
find_program(LEANCLR_EMCC emcc)
if(NOT LEANCLR_EMCC)
  message(FATAL_ERROR "emcc is not on PATH; on Debian: apt-get install emscripten ninja-build")
endif()
file(REAL_PATH ${LEANCLR_EMCC} emcc)
cmake_path(GET emcc PARENT_PATH EMSCRIPTEN_ROOT_PATH)
include(${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake)

# Debian's emcc finds the acorn that it needs among the distribution's Node modules, and its Binaryen through PATH, where
# npm may have put another one: that one's link drops the exports that hold the text of EM_JS functions.
if(EXISTS /usr/share/nodejs/acorn)
  set(CMAKE_C_LINKER_LAUNCHER ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs --modify PATH=path_list_prepend:/usr/bin)
  set(CMAKE_CXX_LINKER_LAUNCHER ${CMAKE_C_LINKER_LAUNCHER})
endif()
