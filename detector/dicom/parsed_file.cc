#include "detector/dicom/parsed_file.h"

#include <sys/stat.h>

#include <fstream>
#include <string_view>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/dicom/dcmtk_edge.h"
#include "detector/dicom/guarded_stream.h"

namespace burntin {
namespace {

constexpr std::string_view kDeflated = "1.2.840.10008.1.2.1.99";

// Stands for all encapsulated syntaxes that DCMTK does not know.
constexpr E_TransferSyntax kAnyEncapsulated = EXS_JPEG2000LosslessOnly;

// Longer values stay in the file until they are needed.
constexpr Uint32 kLoadAtOnceBytes = 4096;

// The size of the file in bytes.
absl::StatusOr<int64_t> CheckFile(const std::string& path,
                                  int64_t limit_bytes) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return Error(Reason::kFileUnreadable,
                 "The file cannot be opened. Check that it exists and may be "
                 "read.");
  }
  if (info.st_size == 0) {
    return Error(Reason::kFileEmpty, "The file is empty. Fetch it again.");
  }
  if (info.st_size > limit_bytes) {
    return Error(Reason::kFileTooLarge,
                 "The file is larger than the limit. Raise the limit, or "
                 "look at it by hand.");
  }
  return info.st_size;
}

absl::Status ParseError(const OFCondition& condition) {
  if (condition == EC_StreamNotifyClient || condition == EC_EndOfStream ||
      condition == EC_PrematureSequDelimitationItem) {
    return Error(Reason::kFileTruncated,
                 "The file ends before the object does. Fetch it again.");
  }
  return Error(Reason::kFileMalformed,
               "The file does not parse as DICOM to its end. Fetch it again, "
               "or look at it by hand.");
}

// Whether the first element of a data set that should have explicit VRs has
// none, so that its lengths were misread.
bool LacksVr(const std::string& path, const FileMeta& meta) {
  if (!meta.data_set_start ||
      meta.transfer_syntax_uid == UID_LittleEndianImplicitTransferSyntax) {
    return false;
  }
  constexpr int64_t kTagBytes = 4;
  std::ifstream file(path, std::ios::binary);
  file.seekg(*meta.data_set_start + kTagBytes);
  const auto is_letter = [](int byte) { return byte >= 'A' && byte <= 'Z'; };
  return file && !(is_letter(file.get()) && is_letter(file.get()));
}

// Real objects nest less than 10 deep.
constexpr int kMostLevels = 128;

absl::Status NestedTooDeeply() {
  return Error(Reason::kFileMalformed,
               "Sequences nest too deeply to be read. Repair the object, or "
               "look at it by hand.");
}

// The first of `container` that reading has begun and not ended; null if there
// is none.
DcmObject* UnfinishedIn(DcmObject& container) {
  DcmObject* inner = container.nextInContainer(nullptr);
  while (inner != nullptr && inner->transferState() != ERW_inWork) {
    inner = container.nextInContainer(inner);
  }
  return inner;
}

// Removes the value, at any depth, within which the file ended. DCMTK has made
// room for all of it, and the bytes that it did not read are what was there in
// memory before, maybe of another object. Pixels stay: how many there are is
// looked at before they are. To be called before the transfer ends.
void RemoveUnfinished(DcmItem& top) {
  DcmObject* within = &top;
  while (DcmObject* inner = UnfinishedIn(*within)) {
    if (auto* item = dynamic_cast<DcmItem*>(within);
        item != nullptr && inner->isLeaf() &&
        dynamic_cast<DcmPixelData*>(inner) == nullptr) {
      delete item->remove(inner);
      return;
    }
    within = inner;
  }
}

// Goes through a parsed data set before anything else does.
class Sieve {
 public:
  explicit Sieve(int64_t file_bytes) : file_bytes_(file_bytes) {}

  // Removes, at any depth, the elements that claim more bytes than the file
  // holds: DCMTK would allocate them all to read one.
  void Pass(DcmItem& item, int level = 0) {
    is_too_deep_ = is_too_deep_ || level > kMostLevels;
    if (is_too_deep_) return;
    DcmObject* element = item.nextInContainer(nullptr);
    while (element != nullptr) {
      DcmObject* next = item.nextInContainer(element);
      if (auto* sequence = dynamic_cast<DcmSequenceOfItems*>(element)) {
        PassItems(*sequence, level + 1);
      } else if (element->getLengthField() != DCM_UndefinedLength &&
                 element->getLengthField() > file_bytes_) {
        delete item.remove(element);
        removed_ = true;
      }
      element = next;
    }
  }

  // Whether sequences nest deeper than kMostLevels.
  bool is_too_deep() const { return is_too_deep_; }
  bool removed() const { return removed_; }

 private:
  void PassItems(DcmSequenceOfItems& sequence, int level) {
    for (DcmObject* inner = sequence.nextInContainer(nullptr); inner != nullptr;
         inner = sequence.nextInContainer(inner)) {
      // The fragments of pixel data are no items.
      if (auto* item = dynamic_cast<DcmItem*>(inner)) Pass(*item, level);
    }
  }

  const int64_t file_bytes_;
  bool is_too_deep_ = false;
  bool removed_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ParsedFile>> ParsedFile::Read(
    const std::string& path, const DicomLimits& limits) {
  InitializeDcmtk();
  ASSIGN_OR_RETURN(const int64_t file_bytes,
                   CheckFile(path, limits.file_bytes));
  std::unique_ptr<ParsedFile> file(new ParsedFile(file_bytes));
  RETURN_IF_ERROR(file->Load(path, limits));
  return file;
}

std::string_view ParsedFile::transfer_syntax_uid() const {
  return syntax_ == nullptr ? std::string_view() : syntax_->uid;
}

absl::Status ParsedFile::Load(const std::string& path,
                              const DicomLimits& limits) {
  const DamageWatch watch(DamageWatch::Work::kReading);
  const FileMeta meta = ReadFileMeta(path);
  syntax_ = FindTransferSyntax(meta.transfer_syntax_uid);
  RETURN_IF_ERROR(Inflate(path, meta, limits));
  ASSIGN_OR_RETURN(const OFCondition loaded, Parse(path, meta));
  Sieve sieve(data_bytes_);
  if (file_.getDataset() != nullptr) sieve.Pass(dataset());
  if (sieve.is_too_deep()) return NestedTooDeeply();
  if (file_.getDataset() == nullptr || dataset().card() == 0) {
    return loaded.bad() ? ParseError(loaded)
                        : Error(Reason::kNotDicom,
                                "The file holds no DICOM data set. Check "
                                "that it is the file you mean.");
  }
  if (loaded.bad() && LacksVr(path, meta)) {
    omissions_.push_back(
        Error(Reason::kFileMalformed,
              "The data set is not in the transfer syntax that the file "
              "names. Repair the object, or look at it by hand."));
  } else if (sieve.removed()) {
    omissions_.push_back(ParseError(EC_EndOfStream));
  } else if (loaded.bad()) {
    omissions_.push_back(ParseError(loaded));
  } else if (syntax_ == nullptr && !meta.transfer_syntax_uid.empty()) {
    // DCMTK reads such a data set as it guesses. A private syntax may store
    // its pixels in any way, so the guess is not trusted.
    omissions_.push_back(
        Error(Reason::kUnsupportedTransferSyntax,
              "The object's transfer syntax is not a standard one. "
              "Transcode the object, or look at it by hand."));
  } else {
    is_decodable_ = true;
    stored_ = Stored();
  }
  if (watch.damaged() && is_decodable_) {
    omissions_.push_back(
        Error(Reason::kFileMalformed,
              "The file repeats attributes or breaks the rules of DICOM, so "
              "that a part of it was not read. Repair the object."));
  }
  if (inflated_ && !inflated_->whole.ok()) {
    omissions_.push_back(inflated_->whole);
  }
  return absl::OkStatus();
}

absl::Status ParsedFile::Inflate(const std::string& path, const FileMeta& meta,
                                 const DicomLimits& limits) {
  if (meta.transfer_syntax_uid != kDeflated) return absl::OkStatus();
  if (!meta.data_set_start) {
    return Error(Reason::kFileMalformed,
                 "The file does not say where its deflated data set starts. "
                 "Fetch the object again.");
  }
  ASSIGN_OR_RETURN(
      inflated_, InflateDataSet(path, *meta.data_set_start, limits.file_bytes));
  ASSIGN_OR_RETURN(data_bytes_,
                   CheckFile(inflated_->data_set.path(), limits.file_bytes));
  return absl::OkStatus();
}

absl::StatusOr<OFCondition> ParsedFile::Parse(const std::string& path,
                                              const FileMeta& meta) {
  GuardedStream stream(inflated_ ? inflated_->data_set.path() : path,
                       kParserStackBytes);
  if (stream.status().bad()) return stream.status();
  OFCondition loaded;
  if (inflated_) {
    loaded = ParseDataset(stream, EXS_LittleEndianExplicit);
  } else if (IsNewToDcmtk() && meta.data_set_start) {
    // All syntaxes that are new to DCMTK have the data elements of Explicit VR
    // Little Endian, and differ in what the fragments hold only. Skipped from
    // the file's start, so that what is left in the file is found there.
    const int64_t start = *meta.data_set_start;
    loaded = stream.skip(start) == start
                 ? ParseDataset(stream, kAnyEncapsulated)
                 : EC_EndOfStream;
  } else {
    file_.transferInit();
    loaded = file_.read(stream, EXS_Unknown, EGL_noChange, kLoadAtOnceBytes);
    if (file_.getDataset() != nullptr) RemoveUnfinished(dataset());
    file_.transferEnd();
  }
  if (stream.is_too_deep()) return NestedTooDeeply();
  return loaded;
}

OFCondition ParsedFile::ParseDataset(DcmInputStream& stream,
                                     E_TransferSyntax syntax) {
  dataset().transferInit();
  const OFCondition loaded =
      dataset().read(stream, syntax, EGL_noChange, kLoadAtOnceBytes);
  RemoveUnfinished(dataset());
  dataset().transferEnd();
  return loaded;
}

bool ParsedFile::IsNewToDcmtk() const {
  return syntax_ != nullptr &&
         DcmXfer(std::string(syntax_->uid).c_str()).getXfer() == EXS_Unknown;
}

StoredAs ParsedFile::Stored() {
  StoredAs stored{.syntax = dataset().getOriginalXfer()};
  const TransferSyntax* syntax = syntax_;
  if (syntax == nullptr) {
    syntax = FindTransferSyntax(DcmXfer(stored.syntax).getXferID());
  }
  stored.codec = syntax == nullptr ? Codec::kUnsupported : syntax->codec;
  return stored;
}

}  // namespace burntin
