#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "tests/testutil/stream_maker.h"

namespace burntin {
namespace {

struct Output {
  std::string bytes;
  size_t at = 0;
};

OPJ_SIZE_T Write(void* buffer, OPJ_SIZE_T size, void* data) {
  auto* output = static_cast<Output*>(data);
  output->bytes.resize(std::max(output->bytes.size(), output->at + size));
  std::memcpy(output->bytes.data() + output->at, buffer, size);
  output->at += size;
  return size;
}

OPJ_OFF_T Skip(OPJ_OFF_T size, void* data) {
  static_cast<Output*>(data)->at += static_cast<size_t>(size);
  return size;
}

OPJ_BOOL Seek(OPJ_OFF_T position, void* data) {
  static_cast<Output*>(data)->at = static_cast<size_t>(position);
  return OPJ_TRUE;
}

opj_image_t* MakeImage(const Samples& samples, const Jpeg2000Options& options) {
  const auto start = static_cast<OPJ_UINT32>(options.offset);
  const auto columns = static_cast<OPJ_UINT32>(samples.columns);
  const auto rows = static_cast<OPJ_UINT32>(samples.rows);
  std::vector<opj_image_cmptparm_t> parameters(
      static_cast<size_t>(samples.channels));
  for (size_t i = 0; i < parameters.size(); ++i) {
    const auto step =
        static_cast<OPJ_UINT32>(i == 1 || i == 2 ? options.chroma_step : 1);
    parameters[i] = {};
    parameters[i].dx = parameters[i].dy = step;
    parameters[i].w = (columns + step - 1) / step;
    parameters[i].h = (rows + step - 1) / step;
    parameters[i].prec = static_cast<OPJ_UINT32>(samples.precision);
    parameters[i].sgnd = samples.is_signed ? 1 : 0;
  }
  const OPJ_COLOR_SPACE colours =
      options.is_sycc
          ? OPJ_CLRSPC_SYCC
          : (samples.channels >= 3 ? OPJ_CLRSPC_SRGB : OPJ_CLRSPC_GRAY);
  opj_image_t* image = opj_image_create(
      static_cast<OPJ_UINT32>(samples.channels), parameters.data(), colours);
  if (image == nullptr) throw std::runtime_error("opj_image_create");
  image->x0 = image->y0 = start;
  image->x1 = start + columns;
  image->y1 = start + rows;
  for (size_t i = 0; i < parameters.size(); ++i) {
    const opj_image_comp_t& component = image->comps[i];
    for (OPJ_UINT32 y = 0; y < component.h; ++y) {
      for (OPJ_UINT32 x = 0; x < component.w; ++x) {
        const size_t pixel =
            size_t{y} * component.dy * columns + size_t{x} * component.dx;
        component.data[y * component.w + x] =
            samples.values[pixel * parameters.size() + i];
      }
    }
  }
  return image;
}

opj_cparameters_t MakeParameters(const Samples& samples,
                                 const Jpeg2000Options& options) {
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.numresolution = options.levels + 1;
  parameters.irreversible = options.lossless ? 0 : 1;
  parameters.tcp_numlayers = 1;
  parameters.tcp_rates[0] = options.lossless ? 0 : 8;
  parameters.cp_disto_alloc = 1;
  parameters.tcp_mct =
      samples.channels == 3 && options.chroma_step == 1 && !options.is_sycc;
  parameters.image_offset_x0 = parameters.image_offset_y0 = options.offset;
  if (options.tile_size > 0) {
    parameters.tile_size_on = OPJ_TRUE;
    parameters.cp_tdx = parameters.cp_tdy = options.tile_size;
  }
  return parameters;
}

}  // namespace

std::string MakeJpeg2000(const Samples& samples,
                         const Jpeg2000Options& options) {
  opj_image_t* image = MakeImage(samples, options);
  opj_cparameters_t parameters = MakeParameters(samples, options);
  opj_codec_t* codec =
      opj_create_compress(options.is_jp2 ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  opj_stream_t* stream = opj_stream_create(1 << 16, OPJ_FALSE);
  Output output;
  opj_stream_set_write_function(stream, Write);
  opj_stream_set_skip_function(stream, Skip);
  opj_stream_set_seek_function(stream, Seek);
  opj_stream_set_user_data(stream, &output, nullptr);
  const bool made = opj_setup_encoder(codec, &parameters, image) &&
                    opj_start_compress(codec, image, stream) &&
                    opj_encode(codec, stream) &&
                    opj_end_compress(codec, stream);
  opj_stream_destroy(stream);
  opj_destroy_codec(codec);
  opj_image_destroy(image);
  if (!made) throw std::runtime_error("OpenJPEG does not encode this");
  return output.bytes;
}

}  // namespace burntin
