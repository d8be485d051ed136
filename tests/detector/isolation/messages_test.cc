// What a worker says is checked: each row of the tables is a lie, or a word
// that must not be passed on.
#include "detector/isolation/messages.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "detector/isolation/decoder.pb.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

constexpr int kMostInt = std::numeric_limits<int>::max();
constexpr int kLeastInt = std::numeric_limits<int>::min();
constexpr DicomLimits kLimits = {.frames = 7};

class SpokenObject final : public DicomObject {
 public:
  Header header_;
  std::vector<PlaneId> planes_;
  std::vector<absl::Status> omissions_;

  const Header& header() const override { return header_; }
  int frames_total() const override { return 7; }
  const std::vector<PlaneId>& planes() const override { return planes_; }
  const std::vector<absl::Status>& omissions() const override {
    return omissions_;
  }
  absl::StatusOr<DecodedPlane> Decode(const PlaneId&) override {
    return DecodedPlane();
  }
};

SpokenObject AnObject() {
  SpokenObject object;
  object.header_ = {.transfer_syntax_uid = "1",
                    .sop_class_uid = "2",
                    .sop_instance_uid = "3",
                    .study_instance_uid = "4",
                    .series_instance_uid = "5",
                    .modality = "6",
                    .manufacturer = "7",
                    .manufacturer_model_name = "8",
                    .software_versions = "D",
                    .station_name = "E",
                    .burned_in_annotation = "9",
                    .image_type = "A",
                    .conversion_type = "B",
                    .capture_device = "C",
                    .identifiers = {{"PatientName", PhiText("A^\xFF")}}};
  object.planes_ = {{.source = Source::kFrame, .frame = 6},
                    {.source = Source::kOverlayPlane,
                     .source_index = 0x10060FE,
                     .frame = 2,
                     .offset_x = -3,
                     .offset_y = 4}};
  object.omissions_ = {Error(Reason::kUnsupportedPlace, "A sentence.")};
  return object;
}

TEST(MessagesTest, AnObjectPassesUnchanged) {
  const SpokenObject object = AnObject();
  isolation::Object message;
  FillObject(object, &message);
  const auto facts = ReadObject(message, kLimits);
  ASSERT_THAT(facts, IsOk());
  const Header& header = facts->header;
  EXPECT_EQ(header.transfer_syntax_uid + header.sop_class_uid +
                header.sop_instance_uid + header.study_instance_uid +
                header.series_instance_uid + header.modality +
                header.manufacturer + header.manufacturer_model_name +
                header.burned_in_annotation + header.image_type +
                header.conversion_type + header.capture_device +
                header.software_versions + header.station_name,
            "123456789ABCDE");
  ASSERT_EQ(header.identifiers.size(), 1U);
  EXPECT_EQ(header.identifiers[0].keyword, "PatientName");
  EXPECT_EQ(header.identifiers[0].value, PhiText("A^\xFF"));
  EXPECT_EQ(facts->frames_total, 7);
  EXPECT_TRUE(facts->planes == object.planes_);
  ASSERT_EQ(facts->omissions.size(), 1U);
  EXPECT_EQ(facts->omissions[0], object.omissions_[0]);
}

TEST(MessagesTest, MoreFramesThanTheLimitMayBeDeclaredAndLeftOut) {
  isolation::Object message;
  message.set_frames_total(1000);
  EXPECT_THAT(ReadObject(message, kLimits), FailsWith(Reason::kDecoderCrashed));
  message.add_omissions()->set_reason("FRAME_LIMIT_EXCEEDED");
  const auto facts = ReadObject(message, kLimits);
  ASSERT_THAT(facts, IsOk());
  EXPECT_EQ(facts->frames_total, 1000);
}

TEST(MessagesTest, APlaneIdPassesUnchanged) {
  for (const PlaneId& plane : AnObject().planes_) {
    isolation::PlaneId message;
    FillPlaneId(plane, &message);
    EXPECT_EQ(ReadPlaneId(message), plane);
  }
}

TEST(MessagesTest, APlanesShapeAndStatedTextPass) {
  const Image grey{.rows = 1, .columns = 2, .channels = 1, .pixels = {1, 2}};
  const Image colour{
      .rows = 1, .columns = 2, .channels = 3, .pixels = {1, 2, 3, 4, 5, 6}};
  const DecodedPlane plane{.views = {grey, colour},
                           .stated = {{.box = {-1, 2, 3, 4},
                                       .text = PhiText("stated"),
                                       .is_barcode = true}}};
  isolation::Plane message;
  FillPlane(plane, &message);
  const auto read = ReadPlane(message, {.pixels_per_frame = 2}, /*most=*/8);
  ASSERT_THAT(read, IsOk());
  ASSERT_EQ(read->views.size(), 2U);
  EXPECT_EQ(read->views[0].channels, 1);
  EXPECT_EQ(PixelBytes(read->views[0]), 2U);
  EXPECT_EQ(PixelBytes(read->views[1]), 6U);
  EXPECT_TRUE(read->views[1].pixels.empty());
  ASSERT_EQ(read->stated.size(), 1U);
  EXPECT_EQ(read->stated[0].box, plane.stated[0].box);
  EXPECT_EQ(read->stated[0].text, PhiText("stated"));
  EXPECT_TRUE(read->stated[0].is_barcode);
}

TEST(MessagesTest, ATimeThatCannotBeIsNone) {
  isolation::Plane message;
  message.set_cpu_ms(12.5);
  EXPECT_EQ(ReadCpuTime(message), 12.5);
  for (const double lie :
       {-1.0, 1e300, std::nan(""), std::numeric_limits<double>::infinity()}) {
    message.set_cpu_ms(lie);
    EXPECT_EQ(ReadCpuTime(message), 0);
  }
}

TEST(MessagesTest, AnErrorPassesUnchanged) {
  const absl::Status error = Error(Reason::kFrameDecodeFailed, "A sentence.");
  isolation::Reply reply;
  FillError(error, &reply);
  EXPECT_EQ(ReadError(reply), error);
  EXPECT_THAT(ReadError(isolation::Reply()), IsOk());
}

TEST(MessagesTest, OnlyThisVersionIsGreeted) {
  isolation::Hello hello;
  EXPECT_FALSE(IsOfThisVersion(hello));
  FillHello(/*confined=*/true, &hello);
  EXPECT_TRUE(IsOfThisVersion(hello));
  hello.set_version("0.0");
  EXPECT_FALSE(IsOfThisVersion(hello));
}

template <typename Message>
struct Lie {
  const char* name;
  std::function<void(Message*)> tell;
};

template <typename Message>
std::string NameOfLie(const testing::TestParamInfo<Lie<Message>>& tested) {
  return tested.param.name;
}

using ObjectLie = Lie<isolation::Object>;
class ObjectLieTest : public testing::TestWithParam<ObjectLie> {};

TEST_P(ObjectLieTest, IsRefused) {
  isolation::Object message;
  FillObject(AnObject(), &message);
  GetParam().tell(&message);
  EXPECT_THAT(ReadObject(message, kLimits), FailsWith(Reason::kDecoderCrashed));
}

INSTANTIATE_TEST_SUITE_P(
    Messages, ObjectLieTest,
    testing::Values(
        ObjectLie{"FewerSources",
                  [](auto* m) { m->mutable_source()->RemoveLast(); }},
        ObjectLie{"MoreIndices", [](auto* m) { m->add_source_index(0); }},
        ObjectLie{"NoFrames", [](auto* m) { m->clear_frame(); }},
        ObjectLie{"FewerColumns",
                  [](auto* m) { m->mutable_offset_x()->RemoveLast(); }},
        ObjectLie{"MoreRows", [](auto* m) { m->add_offset_y(1); }},
        ObjectLie{"ASourceThatIsNone", [](auto* m) { m->set_source(0, 99); }},
        ObjectLie{"ANegativeSource", [](auto* m) { m->set_source(0, -1); }},
        ObjectLie{"ANegativeIndex",
                  [](auto* m) { m->set_source_index(0, -1); }},
        ObjectLie{"ANegativeFrame", [](auto* m) { m->set_frame(0, -1); }},
        ObjectLie{"AFrameBeyondTheLimit", [](auto* m) { m->set_frame(0, 7); }},
        ObjectLie{"APlaneTwice",
                  [](auto* m) {
                    m->add_source(m->source(0));
                    m->add_source_index(m->source_index(0));
                    m->add_frame(m->frame(0));
                    m->add_offset_x(9);
                    m->add_offset_y(9);
                  }},
        ObjectLie{"ANegativeNumberOfFrames",
                  [](auto* m) { m->set_frames_total(-1); }},
        ObjectLie{"AnOffsetThatOverflows",
                  [](auto* m) { m->set_offset_x(0, kMostInt); }},
        ObjectLie{"AnOffsetThatUnderflows",
                  [](auto* m) { m->set_offset_y(0, kLeastInt); }},
        ObjectLie{"AnOmissionWithoutReason",
                  [](auto* m) { m->add_omissions(); }},
        ObjectLie{
            "AnOmissionThatIsNoError",
            [](auto* m) { m->add_omissions()->set_reason("HEADER_MATCH"); }},
        ObjectLie{"AnOmissionOfUnprintableWords",
                  [](auto* m) {
                    auto* omission = m->add_omissions();
                    omission->set_reason("NOT_DICOM");
                    omission->set_message("D\xC3\x96 \n");
                  }}),
    NameOfLie<isolation::Object>);

using PlaneLie = Lie<isolation::Plane>;
class PlaneLieTest : public testing::TestWithParam<PlaneLie> {};

// 100 pixels are the limit, and 250 bytes.
TEST_P(PlaneLieTest, IsRefused) {
  isolation::Plane message;
  FillPlane({.views = {{.rows = 10, .columns = 10, .channels = 1}},
             .stated = {{.box = {1, 2, 3, 4}, .text = PhiText("x")}}},
            &message);
  ASSERT_THAT(ReadPlane(message, {.pixels_per_frame = 100}, 250), IsOk());
  GetParam().tell(&message);
  EXPECT_THAT(ReadPlane(message, {.pixels_per_frame = 100}, 250),
              FailsWith(Reason::kDecoderCrashed));
}

void AddView(isolation::Plane* message, int channels) {
  isolation::View* view = message->add_views();
  view->set_rows(10);
  view->set_columns(10);
  view->set_channels(channels);
}

INSTANTIATE_TEST_SUITE_P(
    Messages, PlaneLieTest,
    testing::Values(
        PlaneLie{"NoRows", [](auto* m) { m->mutable_views(0)->set_rows(0); }},
        PlaneLie{"NegativeColumns",
                 [](auto* m) { m->mutable_views(0)->set_columns(-10); }},
        PlaneLie{"MorePixelsThanTheLimit",
                 [](auto* m) { m->mutable_views(0)->set_rows(11); }},
        PlaneLie{"PixelsThatOverflow",
                 [](auto* m) {
                   m->mutable_views(0)->set_rows(kMostInt);
                   m->mutable_views(0)->set_columns(kMostInt);
                 }},
        PlaneLie{"TwoChannels",
                 [](auto* m) { m->mutable_views(0)->set_channels(2); }},
        PlaneLie{"ManyChannels",
                 [](auto* m) { m->mutable_views(0)->set_channels(kMostInt); }},
        PlaneLie{"ViewsOfTwoSizes",
                 [](auto* m) {
                   AddView(m, 1);
                   m->mutable_views(1)->set_rows(5);
                 }},
        PlaneLie{"MoreBytesThanTheLimit", [](auto* m) { AddView(m, 3); }},
        PlaneLie{"TooManyViews",
                 [](auto* m) {
                   m->mutable_views(0)->set_rows(1);
                   m->mutable_views(0)->set_columns(1);
                   for (int i = 0; i < 64; ++i) *m->add_views() = m->views(0);
                 }},
        PlaneLie{"VeryManyTexts",
                 [](auto* m) {
                   for (int i = 0; i < 10'000; ++i) {
                     *m->add_stated() = m->stated(0);
                   }
                 }},
        PlaneLie{"VeryMuchText",
                 [](auto* m) {
                   m->mutable_stated(0)->set_text(
                       std::string((size_t{1} << 20) + 1, 'x'));
                 }},
        PlaneLie{"TextFarAway",
                 [](auto* m) { m->mutable_stated(0)->set_x(kMostInt); }},
        PlaneLie{"TextOfNegativeWidth",
                 [](auto* m) { m->mutable_stated(0)->set_width(-1); }},
        PlaneLie{"TextOfHugeHeight",
                 [](auto* m) { m->mutable_stated(0)->set_height(kMostInt); }}),
    NameOfLie<isolation::Plane>);

struct FailureLie {
  const char* name;
  std::string reason;
  std::string message;
};
class FailureLieTest : public testing::TestWithParam<FailureLie> {};

TEST_P(FailureLieTest, IsRefused) {
  isolation::Reply reply;
  reply.mutable_error()->set_reason(GetParam().reason);
  reply.mutable_error()->set_message(GetParam().message);
  EXPECT_THAT(ReadError(reply), FailsWith(Reason::kDecoderCrashed));
}

INSTANTIATE_TEST_SUITE_P(
    Messages, FailureLieTest,
    testing::Values(
        FailureLie{"NoReason", "", "A sentence."},
        FailureLie{"AnUnknownReason", "SOMETHING", "A sentence."},
        FailureLie{"AReasonThatIsNoError", "HEADER_MATCH", "A sentence."},
        FailureLie{"TheParentsOwnReason", "DECODER_TIMED_OUT", "A sentence."},
        FailureLie{"ALineFeed", "NOT_DICOM", "A\nsentence."},
        FailureLie{"ANameInUtf8", "NOT_DICOM", "M\xC3\xBCller"},
        FailureLie{"AVeryLongSentence", "NOT_DICOM", std::string(501, 'a')}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace burntin
