#include "detector/dicom/dcmtk_edge.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <algorithm>
#include <array>
#include <mutex>

#include "dcmtk/dcmdata/dcrledrg.h"
#include "dcmtk/dcmdata/dcvr.h"
#include "dcmtk/dcmjpeg/djdecode.h"
#include "dcmtk/dcmjpls/djdecode.h"
#include "dcmtk/oflog/appender.h"
#include "dcmtk/oflog/configrt.h"
#include "dcmtk/oflog/logger.h"
#include "dcmtk/oflog/spi/logevent.h"

namespace burntin {
namespace {

namespace log4cplus = dcmtk::log4cplus;

thread_local DamageWatch* current_watch = nullptr;

std::string_view View(const log4cplus::tstring& text) {
  return std::string_view(text.c_str(), text.size());
}

template <size_t kCount>
bool HasAny(std::string_view message,
            const std::array<std::string_view, kCount>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](auto phrase) {
    return message.find(phrase) != std::string_view::npos;
  });
}

// What files do that lose nothing: odd lengths, tags out of order, a group
// that belongs elsewhere, a maker's own way to store a sequence. The element
// (0000,0000) is what zeros after the data set parse as.
constexpr std::array<std::string_view, 9> kHarmlessInFiles = {
    "is odd",
    "is not a multiple of",
    "not in ascending tag order",
    "Invalid Element",
    "Group Length",
    "CP-246",
    "Found private element",
    "known to be wrongly used for PixelData",
    "(0000,0000)"};

// What decoders say of streams that they decode in full nevertheless.
constexpr std::array<std::string_view, 8> kHarmlessInStreams = {
    "Invalid SOS parameters",
    "JFIF revision",
    "Adobe color transform",
    "BitsStored < BitsAllocated",
    "workaround:",
    "different planar configuration",
    "PlanarConfiguration",
    "non-standard HP/JPEG-LS"};

// The image module warns of much that is no damage; this is.
constexpr std::array<std::string_view, 7> kDamageInImages = {
    "not enough data", "can't access partial value", "can't decompress",
    "can't convert",   "exceeds number of pixels",   "empty part",
    "ignoring LUT"};

// Hands warnings to the thread's watch and writes nothing anywhere.
class WatchAppender final : public log4cplus::Appender {
 public:
  ~WatchAppender() override { destructorImpl(); }
  void close() override { closed = true; }

 protected:
  void append(const log4cplus::spi::InternalLoggingEvent& event) override {
    if (current_watch == nullptr) return;
    current_watch->Note(View(event.getLoggerName()), View(event.getMessage()));
  }
};

void ReplaceLogging() {
  log4cplus::Logger root = log4cplus::Logger::getRoot();
  root.removeAllAppenders();
  root.addAppender(log4cplus::SharedAppenderPtr(new WatchAppender));
  root.setLogLevel(log4cplus::WARN_LOG_LEVEL);
}

}  // namespace

void InitializeDcmtk() {
  static std::once_flag once;
  std::call_once(once, [] {
    ReplaceLogging();
    // Sequences that a sender stored as unknown (UN) are parsed.
    dcmEnableUnknownVRConversion.set(OFTrue);
    DJDecoderRegistration::registerCodecs();
    DJLSDecoderRegistration::registerCodecs();
    DcmRLEDecoderRegistration::registerCodecs();
  });
}

DamageWatch::DamageWatch(Work work) : work_(work) { current_watch = this; }

DamageWatch::~DamageWatch() { current_watch = nullptr; }

void DamageWatch::Note(std::string_view logger, std::string_view message) {
  bool damage = false;
  if (work_ == Work::kReading) {
    damage = !HasAny(message, kHarmlessInFiles);
  } else if (logger.starts_with("dcmtk.dcmimgle") ||
             logger.starts_with("dcmtk.dcmimage")) {
    damage = HasAny(message, kDamageInImages);
  } else {
    damage = !HasAny(message, kHarmlessInStreams);
  }
  damaged_ = damaged_ || damage;
}

}  // namespace burntin
