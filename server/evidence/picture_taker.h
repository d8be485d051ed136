// Takes the pictures of an object's findings when it was inspected.
#ifndef BURNTIN_SERVER_EVIDENCE_PICTURE_TAKER_H_
#define BURNTIN_SERVER_EVIDENCE_PICTURE_TAKER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/mutex.h"
#include "detector/detector.h"
#include "server/detection/evidence_taker.h"
#include "server/evidence/evidence_store.h"
#include "server/log/log.h"
#include "server/metrics/metric_registry.h"
#include "wire/picture.h"

namespace burntin {

// `RenderFrame` and `ShrinkPicture` of detector/detector.h, or a test's.
using PictureRenderer = std::function<absl::StatusOr<RenderedFrame>(
    const std::string& path, const Picture& picture, int max_side,
    const std::vector<Box>& outlined)>;
using PictureShrinker = std::function<absl::StatusOr<RenderedFrame>(
    RenderedFrame rendered, int max_side, int64_t max_bytes)>;

struct PictureOptions {
  int max_side = 1'600;  // pixels of the longer side, >= 1
  int pictures_per_object = 32;
  int64_t session_bytes = int64_t{1} << 30;  // of the pictures of one study
};

// Of each object that is not CLEAR: the fewest pictures that show each text
// which is not benign, with the boxes of all such texts on them; and one that
// stands for the object, where nothing else does or it was not inspected in
// full.
class PictureTaker final : public EvidenceTaker {
 public:
  // Owns neither store nor log; both outlive it, and so does `registry`, which,
  // if it is not null, counts pictures.
  PictureTaker(const PictureOptions& options, EvidenceStore* store, Log* log,
               MetricRegistry* registry = nullptr);

  // Once, before the first Take.
  void UseDetector(PictureRenderer render, PictureShrinker shrink) {
    render_ = std::move(render);
    shrink_ = std::move(shrink);
  }

  std::vector<KeptPicture> Take(
      const std::string& path, const v1::InstanceReport& report,
      const std::function<bool()>& cancelled) override;

 private:
  absl::StatusOr<KeptPicture> TakeOne(const std::string& path,
                                      const v1::InstanceReport& report,
                                      const Picture& picture);
  // A picture for the object as a whole, of those there are or a further one.
  void TakeWhole(const std::string& path, const v1::InstanceReport& report,
                 std::vector<KeptPicture>* taken);
  void CountPictures(size_t kept, int missing);
  absl::Status CheckRoom(const std::string& study);
  void Count(const std::string& study, int64_t bytes);

  const PictureOptions options_;
  EvidenceStore* const store_;
  Log* const log_;
  Counter* kept_ = nullptr;
  Counter* missing_ = nullptr;
  PictureRenderer render_;
  PictureShrinker shrink_;
  Mutex mutex_;
  // By Study Instance UID, of the studies seen last.
  std::map<std::string, int64_t> study_bytes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_EVIDENCE_PICTURE_TAKER_H_
