#include "detector/dicom/dcmtk_edge.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <array>
#include <mutex>

#include "dcmtk/dcmdata/dcrledrg.h"
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

// Hands warnings to the thread's watch and writes nothing anywhere.
class WatchAppender final : public log4cplus::Appender {
 public:
  ~WatchAppender() override { destructorImpl(); }
  void close() override { closed = true; }

 protected:
  void append(const log4cplus::spi::InternalLoggingEvent& event) override {
    if (current_watch == nullptr) return;
    const log4cplus::tstring& message = event.getMessage();
    current_watch->Note(std::string_view(message.c_str(), message.size()));
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
    DJDecoderRegistration::registerCodecs();
    DJLSDecoderRegistration::registerCodecs();
    DcmRLEDecoderRegistration::registerCodecs();
  });
}

DamageWatch::DamageWatch() { current_watch = this; }

DamageWatch::~DamageWatch() { current_watch = nullptr; }

void DamageWatch::Note(std::string_view message) {
  // What libjpeg and DCMTK say of damaged or missing data. The last two are
  // those of its RLE decoder and of frames that are too short.
  constexpr std::array<std::string_view, 7> kSigns = {
      "orrupt",    "remature",   "missing", "differ",
      "too short", "nsufficient", "filling"};
  for (const std::string_view sign : kSigns) {
    if (message.find(sign) != std::string_view::npos) damaged_ = true;
  }
}

}  // namespace burntin
