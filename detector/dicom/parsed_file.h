// A Part 10 file, or a bare data set, as DCMTK parsed it. Private to
// detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_PARSED_FILE_H_
#define BURNTIN_DETECTOR_DICOM_PARSED_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dcfilefo.h"
#include "detector/dicom/dicom_object.h"
#include "detector/dicom/file_meta.h"
#include "detector/dicom/inflated_file.h"
#include "detector/dicom/stored_image.h"

namespace burntin {

class ParsedFile {
 public:
  // Errors mean that there is no data set; what else is wrong with the file
  // is in `omissions()`. Values stay in the file at `path`, which must not
  // change, until they are asked for.
  static absl::StatusOr<std::unique_ptr<ParsedFile>> Read(
      const std::string& path, const DicomLimits& limits);

  DcmDataset& dataset() { return *file_.getDataset(); }
  const StoredAs& stored() const { return stored_; }

  // Of the meta information; empty without.
  std::string_view transfer_syntax_uid() const;

  // Whether the data set's pixels may be decoded: it was parsed to its end,
  // and its transfer syntax is a standard one.
  bool is_decodable() const { return is_decodable_; }

  // Why not all of the file was parsed: one error each.
  const std::vector<absl::Status>& omissions() const { return omissions_; }

 private:
  explicit ParsedFile(int64_t file_bytes) : data_bytes_(file_bytes) {}

  absl::Status Load(const std::string& path, const DicomLimits& limits);
  absl::Status Inflate(const std::string& path, const FileMeta& meta,
                       const DicomLimits& limits);
  absl::StatusOr<OFCondition> Parse(const std::string& path,
                                    const FileMeta& meta);
  OFCondition ParseDataset(DcmInputStream& stream, E_TransferSyntax syntax);
  bool IsNewToDcmtk() const;
  StoredAs Stored();

  const TransferSyntax* syntax_ = nullptr;  // null without meta information
  std::optional<InflatedFile> inflated_;    // `file_` reads from it if present
  DcmFileFormat file_;
  int64_t data_bytes_;  // of the file, or of what it inflates to
  StoredAs stored_;
  bool is_decodable_ = false;
  std::vector<absl::Status> omissions_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_PARSED_FILE_H_
