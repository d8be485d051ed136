// The one place where DCMTK is set up. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_DCMTK_EDGE_H_
#define BURNTIN_DETECTOR_DICOM_DCMTK_EDGE_H_

#include <string_view>

namespace burntin {

// Registers the decoders and silences DCMTK's own logging, whose lines may
// hold header values. Once per process; any thread may call.
void InitializeDcmtk();

// Notes whether DCMTK warned, on this thread and during the object's life,
// of damage: when it reads a file, that it leaves something out; when it
// decodes, that compressed data is damaged or that pixels are missing. It
// goes on from there and reports success; without this, a damaged object
// would look clean. At most one lives on a thread at a time.
class DamageWatch {
 public:
  enum class Work { kReading, kDecoding };

  explicit DamageWatch(Work work);
  ~DamageWatch();
  DamageWatch(const DamageWatch&) = delete;
  DamageWatch& operator=(const DamageWatch&) = delete;

  bool damaged() const { return damaged_; }

  // Called for each warning and error of `logger`, DCMTK's module; `message`
  // never leaves this function.
  void Note(std::string_view logger, std::string_view message);

 private:
  Work work_;
  bool damaged_ = false;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_DCMTK_EDGE_H_
