#include "detector/codec/jpeg2000.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/codec/jpeg2000_survey.h"

namespace burntin {
namespace {

constexpr size_t kMostChannels = 4;
constexpr size_t kMostBufferBytes = size_t{1} << 20;

// What OpenJPEG 2.5 warns of though nothing is lost. Any other message means
// that the picture is not all that was encoded.
constexpr std::string_view kHarmless[] = {
    // A marker segment of a later edition, which is skipped.
    "Unknown marker",
    // Bits per component are told twice, and SIZ has the last word.
    "A BPCC header box is available although",
    "Despite JP2 BPC!=255",
    // A tile says too high a number of parts; all of them are there, as
    // jpeg2000_survey.h sees to.
    "TPsot==TNsot",
    // A block that holds zeros only. OpenJPEG tells it once in a process, so
    // that the first frame of several must not be judged by it.
    "When the number of zero planes bitplanes is equal",
};

struct ReadState {
  absl::Span<const uint8_t> bytes;
  size_t at = 0;
};

OPJ_SIZE_T ReadBytes(void* buffer, OPJ_SIZE_T size, void* data) {
  auto* state = static_cast<ReadState*>(data);
  const size_t left = state->bytes.size() - state->at;
  if (left == 0) return static_cast<OPJ_SIZE_T>(-1);
  const size_t taken = std::min<size_t>(size, left);
  std::memcpy(buffer, state->bytes.data() + state->at, taken);
  state->at += taken;
  return taken;
}

OPJ_OFF_T SkipBytes(OPJ_OFF_T size, void* data) {
  auto* state = static_cast<ReadState*>(data);
  const auto left = static_cast<OPJ_OFF_T>(state->bytes.size() - state->at);
  if (size < 0 || left == 0) return -1;
  const OPJ_OFF_T taken = std::min(size, left);
  state->at += static_cast<size_t>(taken);
  return taken;
}

OPJ_BOOL Seek(OPJ_OFF_T position, void* data) {
  auto* state = static_cast<ReadState*>(data);
  if (position < 0 || position > static_cast<OPJ_OFF_T>(state->bytes.size())) {
    return OPJ_FALSE;
  }
  state->at = static_cast<size_t>(position);
  return OPJ_TRUE;
}

// OpenJPEG goes on after some errors, too.
void NoteMessage(const char* message, void* data) {
  const std::string_view text(message);
  const bool harmless = std::any_of(
      std::begin(kHarmless), std::end(kHarmless),
      [&](auto known) { return text.find(known) != std::string_view::npos; });
  if (!harmless) *static_cast<bool*>(data) = true;
}

void Ignore(const char*, void*) {}

// OpenJPEG's codec and stream are both void pointers to the compiler.
struct CodecFreeing {
  void operator()(opj_codec_t* codec) const { opj_destroy_codec(codec); }
};
struct StreamFreeing {
  void operator()(opj_stream_t* stream) const { opj_stream_destroy(stream); }
};
struct ImageFreeing {
  void operator()(opj_image_t* image) const { opj_image_destroy(image); }
};
using ImagePtr = std::unique_ptr<opj_image_t, ImageFreeing>;

absl::StatusOr<ImagePtr> Decode(absl::Span<const uint8_t> stream) {
  ReadState state{.bytes = stream};
  bool complained = false;
  const std::unique_ptr<opj_codec_t, CodecFreeing> codec(
      opj_create_decompress(IsJp2(stream) ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
  const std::unique_ptr<opj_stream_t, StreamFreeing> input(opj_stream_create(
      std::clamp<size_t>(stream.size(), 4096, kMostBufferBytes), OPJ_TRUE));
  if (codec == nullptr || input == nullptr) return DamagedJpeg2000();
  opj_stream_set_read_function(input.get(), ReadBytes);
  opj_stream_set_skip_function(input.get(), SkipBytes);
  opj_stream_set_seek_function(input.get(), Seek);
  opj_stream_set_user_data(input.get(), &state, nullptr);
  opj_stream_set_user_data_length(input.get(), stream.size());
  opj_set_info_handler(codec.get(), Ignore, nullptr);
  opj_set_warning_handler(codec.get(), NoteMessage, &complained);
  opj_set_error_handler(codec.get(), NoteMessage, &complained);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  opj_image_t* made = nullptr;
  const bool has_header = opj_setup_decoder(codec.get(), &parameters) &&
                          opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE) &&
                          opj_read_header(input.get(), codec.get(), &made);
  ImagePtr image(made);
  if (!has_header || image == nullptr ||
      !opj_decode(codec.get(), input.get(), image.get()) ||
      !opj_end_decompress(codec.get(), input.get()) || complained) {
    return DamagedJpeg2000();
  }
  return image;
}

// After decoding, as a JP2 file's palette makes other components.
absl::Status CheckComponents(const opj_image_t& image) {
  if (image.numcomps == 0 || image.x1 <= image.x0 || image.y1 <= image.y0) {
    return DamagedJpeg2000();
  }
  const opj_image_comp_t& first = image.comps[0];
  bool alike = image.numcomps <= kMostChannels;
  for (OPJ_UINT32 i = 0; alike && i < image.numcomps; ++i) {
    const opj_image_comp_t& component = image.comps[i];
    if (component.data == nullptr || component.w == 0 || component.h == 0) {
      return DamagedJpeg2000();
    }
    alike = component.sgnd == first.sgnd && component.prec == first.prec &&
            component.dx > 0 && component.dy > 0;
  }
  if (alike) return absl::OkStatus();
  return Error(Reason::kUnsupportedPixelLayout,
               "The components of a JPEG 2000 frame differ, or are too many. "
               "Look at it by hand.");
}

bool IsSubsampled(const opj_image_t& image, const opj_image_comp_t& component) {
  return component.w != image.x1 - image.x0 ||
         component.h != image.y1 - image.y0;
}

// For each of `size` places from `start` on, the value of a component that
// has `count` values, one for each `step` places.
std::vector<size_t> NearestValues(size_t start, size_t size, size_t step,
                                  size_t count) {
  const size_t first = (start + step - 1) / step;
  std::vector<size_t> nearest(size);
  for (size_t i = 0; i < size; ++i) {
    const size_t at = std::max((start + i) / step, first) - first;
    nearest[i] = std::min(at, count - 1);
  }
  return nearest;
}

// Puts a channel that is smaller than the image between the others.
template <typename T>
void SpreadChannel(const opj_image_t& image, const opj_image_comp_t& component,
                   size_t channels, T* out) {
  const auto columns =
      NearestValues(image.x0, image.x1 - image.x0, component.dx, component.w);
  const auto rows =
      NearestValues(image.y0, image.y1 - image.y0, component.dy, component.h);
  for (const size_t row : rows) {
    const OPJ_INT32* line = component.data + row * component.w;
    for (const size_t column : columns) {
      *out = static_cast<T>(line[column]);
      out += channels;
    }
  }
}

// A constant number of channels lets the compiler make the loop tight.
template <size_t kChannels, typename T>
void CopyChannel(const OPJ_INT32* from, size_t pixels, T* out) {
  for (size_t i = 0; i < pixels; ++i) {
    out[i * kChannels] = static_cast<T>(from[i]);
  }
}

template <typename T>
std::vector<T> Interleave(const opj_image_t& image, size_t pixels) {
  const size_t channels = image.numcomps;
  std::vector<T> cells(pixels * channels);
  for (size_t i = 0; i < channels; ++i) {
    const opj_image_comp_t& component = image.comps[i];
    T* out = cells.data() + i;
    if (IsSubsampled(image, component)) {
      SpreadChannel(image, component, channels, out);
    } else if (channels == 1) {
      CopyChannel<1>(component.data, pixels, out);
    } else if (channels == 3) {
      CopyChannel<3>(component.data, pixels, out);
    } else if (channels == 2) {
      CopyChannel<2>(component.data, pixels, out);
    } else {
      CopyChannel<4>(component.data, pixels, out);
    }
  }
  return cells;
}

DecodedFrame ToFrame(const opj_image_t& image) {
  DecodedFrame frame;
  const size_t columns = image.x1 - image.x0;
  const size_t rows = image.y1 - image.y0;
  frame.cells.columns = static_cast<int>(columns);
  frame.cells.rows = static_cast<int>(rows);
  frame.cells.channels = static_cast<int>(image.numcomps);
  frame.precision = static_cast<int>(image.comps[0].prec);
  frame.is_signed = image.comps[0].sgnd != 0;
  const bool subsampled = std::any_of(
      image.comps, image.comps + image.numcomps,
      [&](const auto& component) { return IsSubsampled(image, component); });
  frame.is_ycc = image.numcomps == 3 &&
                 (subsampled || image.color_space == OPJ_CLRSPC_SYCC ||
                  image.color_space == OPJ_CLRSPC_EYCC);
  if (frame.precision <= 8) {
    frame.cells.values = Interleave<uint8_t>(image, rows * columns);
  } else if (frame.precision <= 16) {
    frame.cells.values = Interleave<uint16_t>(image, rows * columns);
  } else {
    frame.cells.values = Interleave<uint32_t>(image, rows * columns);
  }
  return frame;
}

}  // namespace

absl::StatusOr<DecodedFrame> DecodeJpeg2000(absl::Span<const uint8_t> stream,
                                            const CodecLimits& limits) {
  ASSIGN_OR_RETURN(const Jpeg2000Outline outline,
                   SurveyJpeg2000(stream, limits));
  ASSIGN_OR_RETURN(const ImagePtr image, Decode(stream.first(outline.end)));
  RETURN_IF_ERROR(CheckComponents(*image));
  DecodedFrame frame = ToFrame(*image);
  frame.is_rgb = !frame.is_ycc && outline.has_transform;
  frame.has_more = stream.size() > outline.end + kMostStrayBytes;
  return frame;
}

}  // namespace burntin
