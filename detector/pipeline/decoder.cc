#include "detector/pipeline/decoder.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/dicom/in_process_opener.h"
#include "detector/isolation/worker_pool.h"
#include "detector/text/file_digest.h"

namespace burntin {

absl::StatusOr<Decoder> MakeDecoder(const DecoderOptions& options) {
  if (options.program.empty()) {
    return Decoder{.opener = std::make_shared<InProcessOpener>()};
  }
  ASSIGN_OR_RETURN(
      std::unique_ptr<WorkerPool> pool,
      WorkerPool::Create({.program = options.program,
                          .memory_bytes = options.memory_bytes,
                          .file_bytes = options.file_bytes,
                          .open_time = options.open_timeout,
                          .plane_time = options.frame_timeout,
                          .objects_per_worker = options.objects_per_process}));
  const bool confined = pool->IsConfined();
  auto processes = [pool = pool.get()] {
    const WorkerCounts counts = pool->Counts();
    return DecoderProcesses{.running = counts.running,
                            .started = counts.started,
                            .crashed = counts.crashed,
                            .timed_out = counts.timed_out,
                            .retired = counts.retired};
  };
  auto end_idle = [pool = pool.get()] { pool->EndIdle(); };
  return Decoder{.opener = std::move(pool),
                 .isolated = true,
                 .confined = confined,
                 .program_sha256 = Sha256OfFile(options.program),
                 .processes = std::move(processes),
                 .end_idle = std::move(end_idle)};
}

std::string DecoderBesideThisProgram() {
  std::error_code error;
  const std::filesystem::path program =
      std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / "burntin-decoder").string();
}

absl::StatusOr<std::unique_ptr<DicomObject>> OpenObject(
    const Decoder& decoder, const std::string& path,
    const InspectLimits& limits) {
  const DicomLimits dicom_limits = {.file_bytes = limits.file_bytes,
                                    .pixels_per_frame = limits.pixels_per_frame,
                                    .frames = limits.frames};
  if (decoder.opener == nullptr) return DicomObject::Open(path, dicom_limits);
  return decoder.opener->Open(path, dicom_limits);
}

}  // namespace burntin
