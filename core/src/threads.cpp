#include "ff/threads.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ff/error.hpp"

namespace ff {
namespace {

// A thread without work looks for it for longer than the gap between two jobs of a training step,
// then sleeps, and leaves its core to others.
constexpr int kLooks = 20000;

// Threads that take parts of one job after another. Whoever comes takes the next part; a thread
// that comes late, because something else had its core, is not waited for.
class Pool {
 public:
  explicit Pool(int helpers) {
    for (int i = 0; i < helpers; ++i) threads_.emplace_back([this] { help(); });
  }

  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  int helpers() const { return static_cast<int>(threads_.size()); }

  void run(std::int64_t count, const Work& work) {
    done_.store(0, std::memory_order_relaxed);
    part_.store(work.part, std::memory_order_relaxed);
    work_.store(work.work, std::memory_order_relaxed);
    left_.store(next_job(left_.load()) | static_cast<std::uint64_t>(count));
    if (sleeping_.load() > 0) {
      const std::lock_guard lock(mutex_);
      wake_.notify_all();
    }
    take_parts();
    wait_for_helpers(count);
  }

 private:
  // One word holds the number of the job and how many of its parts are left, so that a part can
  // only be taken of the job that was looked at.
  static constexpr std::uint64_t kJob = std::uint64_t{1} << 32;
  static std::uint64_t next_job(std::uint64_t left) { return (left & ~(kJob - 1)) + kJob; }
  static std::int64_t parts_of(std::uint64_t left) {
    return static_cast<std::int64_t>(left & (kJob - 1));
  }

  bool work_left() const { return parts_of(left_.load()) > 0; }

  void take_parts() {
    std::uint64_t left = left_.load();
    while (parts_of(left) > 0) {
      const Work work{.part = part_.load(std::memory_order_relaxed),
                      .work = work_.load(std::memory_order_relaxed)};
      if (!left_.compare_exchange_weak(left, left - 1)) continue;
      work.part(work.work, parts_of(left) - 1);
      ++done_;
      if (caller_sleeps_.load()) {
        const std::lock_guard lock(mutex_);
        finished_.notify_one();
      }
      left = left_.load();
    }
  }

  // For the parts that others have taken.
  void wait_for_helpers(std::int64_t count) {
    for (int look = 0; look < kLooks; ++look)
      if (done_.load() == count) return;
    std::unique_lock lock(mutex_);
    caller_sleeps_ = true;
    finished_.wait(lock, [this, count] { return done_.load() == count; });
    caller_sleeps_ = false;
  }

  void help() {
    while (wait_for_work()) take_parts();
  }

  // False when the pool closes.
  bool wait_for_work() {
    for (int look = 0; look < kLooks; ++look)
      if (work_left()) return true;
    std::unique_lock lock(mutex_);
    ++sleeping_;
    wake_.wait(lock, [this] { return closing_ || work_left(); });
    --sleeping_;
    return !closing_;
  }

  std::atomic<void (*)(const void*, std::int64_t)> part_ = nullptr;
  std::atomic<const void*> work_ = nullptr;
  alignas(64) std::atomic<std::uint64_t> left_ = 0;
  alignas(64) std::atomic<std::int64_t> done_ = 0;
  alignas(64) std::atomic<int> sleeping_ = 0;
  std::atomic<bool> caller_sleeps_ = false;
  std::mutex mutex_;
  std::condition_variable wake_, finished_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

std::unique_ptr<Pool>& pool() {
  static std::unique_ptr<Pool> pool;
  return pool;
}

}  // namespace

#if FF_THREADS
int available_threads() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostThreads);
}
#else
int available_threads() { return 1; }
#endif

int thread_count() { return pool() ? pool()->helpers() + 1 : 1; }

void set_thread_count(int count) {
  if (count < 1 || count > kMostThreads)
    throw Error("threads: expected 1 to " + std::to_string(kMostThreads) + ", got " +
                std::to_string(count) + ".");
  if (count == thread_count()) return;
  pool().reset();
#if FF_THREADS
  if (count > 1) pool() = std::make_unique<Pool>(count - 1);
#else
  throw Error("threads: this build runs on one, got " + std::to_string(count) + ".");
#endif
}

void run_parts(std::int64_t count, const Work& work) {
  if (count > 1 && pool()) return pool()->run(count, work);
  for (std::int64_t index = 0; index < count; ++index) work.part(work.work, index);
}

}  // namespace ff
