#include "client/output/json_lines.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <sstream>

#include "burntin/v1/scan_event.pb.h"

namespace burntin {
namespace {

using google::protobuf::util::MessageDifferencer;

v1::ScanEvent Parse(const std::string& line) {
  v1::ScanEvent event;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &event).ok());
  return event;
}

TEST(JsonLinesTest, EachEventIsOneLineThatParsesBack) {
  v1::InstanceReport instance;
  instance.set_path("/in/a\nb");
  instance.set_verdict(v1::VERDICT_REVIEW);
  v1::SessionReport session;
  session.set_study_instance_uid("1.2.3");
  std::ostringstream out;
  JsonLines lines(&out);
  ASSERT_TRUE(lines.Instance(FoundFile{}, instance).ok());
  ASSERT_TRUE(lines.Session(session).ok());
  ASSERT_TRUE(lines.Finish(ScanSummary{}).ok());

  std::istringstream in(out.str());
  std::string first;
  std::string second;
  std::string more;
  std::getline(in, first);
  std::getline(in, second);
  EXPECT_FALSE(std::getline(in, more));
  EXPECT_TRUE(MessageDifferencer::Equals(Parse(first).instance(), instance));
  EXPECT_TRUE(MessageDifferencer::Equals(Parse(second).session(), session));
}

TEST(JsonLinesTest, AStreamThatCannotBeWrittenFails) {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  EXPECT_FALSE(JsonLines(&out).Instance(FoundFile{}, {}).ok());
}

}  // namespace
}  // namespace burntin
