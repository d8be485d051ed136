#include "benchmarks/bench/counted_runtime.h"

#include <string>
#include <utility>

#include "benchmarks/bench/method.h"
#include "detector/base/status_macros.h"

namespace burntin::bench {
namespace {

class CountedNetwork final : public NeuralNetwork {
 public:
  CountedNetwork(std::unique_ptr<NeuralNetwork> network,
                 std::shared_ptr<NetworkWork> work)
      : network_(std::move(network)), work_(std::move(work)) {}

  absl::StatusOr<Tensor> Run(const Tensor& input) override {
    const double start_ms = ProcessCpuMs();
    ASSIGN_OR_RETURN(Tensor output, network_->Run(input));
    work_->cpu_ms += ProcessCpuMs() - start_ms;
    work_->pixels += static_cast<double>(input.shape.at(2)) *
                     static_cast<double>(input.shape.at(3));
    return output;
  }

 private:
  std::unique_ptr<NeuralNetwork> network_;
  std::shared_ptr<NetworkWork> work_;
};

class CountedRuntime final : public NeuralRuntime {
 public:
  CountedRuntime(std::shared_ptr<NeuralRuntime> runtime,
                 std::shared_ptr<NetworkWork> work)
      : runtime_(std::move(runtime)), work_(std::move(work)) {}

  const NetworkFiles& files() const override { return runtime_->files(); }

  absl::StatusOr<std::unique_ptr<NeuralNetwork>> Load(
      const std::string& path) override {
    ASSIGN_OR_RETURN(std::unique_ptr<NeuralNetwork> network,
                     runtime_->Load(path));
    return std::make_unique<CountedNetwork>(std::move(network), work_);
  }

 private:
  std::shared_ptr<NeuralRuntime> runtime_;
  std::shared_ptr<NetworkWork> work_;
};

}  // namespace

std::unique_ptr<NeuralRuntime> MakeCountedRuntime(
    std::shared_ptr<NeuralRuntime> runtime, std::shared_ptr<NetworkWork> work) {
  return std::make_unique<CountedRuntime>(std::move(runtime), std::move(work));
}

}  // namespace burntin::bench
