# Every third-party package, found once. All come from Debian 12.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(absl REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(GTest REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(ZXing REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(OpenCV REQUIRED COMPONENTS core imgproc imgcodecs dnn)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(TESSERACT REQUIRED IMPORTED_TARGET tesseract)
pkg_check_modules(LEPTONICA REQUIRED IMPORTED_TARGET lept)
pkg_check_modules(OPENJPEG REQUIRED IMPORTED_TARGET libopenjp2)
pkg_check_modules(JXL REQUIRED IMPORTED_TARGET libjxl)
pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET
  libavformat libavcodec libavutil libswscale)
pkg_check_modules(POPPLER REQUIRED IMPORTED_TARGET poppler-cpp)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(XML2 REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(MICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)

# Debian's DCMTK package describes itself by pkg-config without its private
# dependencies, so the libraries that we call are named here.
add_library(burntin_dcmtk INTERFACE)
add_library(burntin::dcmtk ALIAS burntin_dcmtk)
target_link_libraries(burntin_dcmtk INTERFACE
  dcmimage dcmimgle dcmjpeg dcmjpls dcmdata oflog ofstd z)

# What the decoder needs of OpenCV, and all of it.
add_library(burntin_opencv_imgproc INTERFACE)
add_library(burntin::opencv_imgproc ALIAS burntin_opencv_imgproc)
target_include_directories(burntin_opencv_imgproc SYSTEM INTERFACE
  ${OpenCV_INCLUDE_DIRS})
target_link_libraries(burntin_opencv_imgproc INTERFACE
  opencv_core opencv_imgproc)
add_library(burntin_opencv INTERFACE)
add_library(burntin::opencv ALIAS burntin_opencv)
target_link_libraries(burntin_opencv INTERFACE
  burntin::opencv_imgproc opencv_imgcodecs opencv_dnn)
