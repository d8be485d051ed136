// Writes DICOM objects element by element, explicit VR little endian, byte for
// byte as the test says: layouts, syntaxes and lies that DCMTK's writer would
// not write. See dicom_maker.h for objects that it does.
#ifndef BURNTIN_TESTS_TESTUTIL_RAW_DICOM_H_
#define BURNTIN_TESTS_TESTUTIL_RAW_DICOM_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace burntin {

// Of one unsigned number, little endian.
std::string RawBytes(uint64_t value, int bytes);

// Of each value in turn: floats, doubles, integers of any size.
template <typename T>
std::string RawValues(const std::vector<T>& values) {
  return std::string(reinterpret_cast<const char*>(values.data()),
                     values.size() * sizeof(T));
}

// A data set, or an item of a sequence. Elements come out in the order of
// their tags, such as 0x7FE00010.
class RawDataset {
 public:
  RawDataset& Number(uint32_t tag, int value);  // US
  RawDataset& Numbers(uint32_t tag, const std::vector<uint16_t>& values);
  RawDataset& Text(uint32_t tag, std::string_view vr, std::string value);
  RawDataset& Bytes(uint32_t tag, std::string_view vr, std::string value);
  RawDataset& Sequence(uint32_t tag, const std::vector<RawDataset>& items);
  // Pixel Data of undefined length; `fragments` without the offset table.
  RawDataset& Fragments(const std::vector<std::string>& fragments,
                        const std::string& offset_table = "");
  RawDataset& Remove(uint32_t tag);

  std::string Elements() const;

 private:
  std::map<uint32_t, std::string> elements_;
};

// What describes `rows` by `columns` pixels of 8 grey bits, one frame, and an
// identity; without Pixel Data.
RawDataset RawImage(int rows, int columns);

// A Part 10 file of the transfer syntax.
std::string RawFile(const RawDataset& dataset,
                    std::string_view transfer_syntax = "1.2.840.10008.1.2.1");

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_RAW_DICOM_H_
