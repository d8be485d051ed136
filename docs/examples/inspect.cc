// Asks a burntind about one DICOM file and prints its verdict.
// usage: inspect HOST:PORT FILE
// Exit status: 0 clear, 1 anything else, 2 no answer.
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <system_error>

#include "burntin/v1/detection_service.grpc.pb.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: inspect HOST:PORT FILE\n";
    return 2;
  }
  std::error_code error;
  const auto size = std::filesystem::file_size(argv[2], error);
  std::ifstream file(argv[2], std::ios::binary);
  if (error || !file) {
    std::cerr << "The file cannot be read.\n";
    return 2;
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);  // a report may be large
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  const auto stub =
      burntin::v1::DetectionService::NewStub(grpc::CreateCustomChannel(
          argv[1], grpc::InsecureChannelCredentials(), arguments));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::minutes(5));
  burntin::v1::InspectInstanceResponse response;
  const auto writer = stub->InspectInstance(&context, &response);

  burntin::v1::InspectInstanceRequest request;
  request.mutable_header()->set_file_size_bytes(static_cast<int64_t>(size));
  bool open = writer->Write(request);
  std::string chunk(1 << 20, '\0');
  while (open && file) {
    file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    if (file.gcount() == 0) break;
    request.set_chunk(chunk.data(), static_cast<size_t>(file.gcount()));
    open = writer->Write(request);
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  if (!status.ok()) {
    std::cerr << status.error_message() << "\n";
    return 2;
  }
  std::cout << burntin::v1::Verdict_Name(response.report().verdict())
            << " risk " << response.report().risk() << "\n";
  return response.report().verdict() != burntin::v1::VERDICT_CLEAR;
}
