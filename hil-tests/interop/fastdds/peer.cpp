// A participant on Fast DDS that does what standard input tells it and prints what it sees, one line each. See ../README.md.
#include <array>
#include <cmath>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>

#include <fastdds/dds/domain/DomainParticipant.hpp>
#include <fastdds/dds/domain/DomainParticipantFactory.hpp>
#include <fastdds/dds/publisher/DataWriter.hpp>
#include <fastdds/dds/publisher/DataWriterListener.hpp>
#include <fastdds/dds/publisher/Publisher.hpp>
#include <fastdds/dds/subscriber/DataReader.hpp>
#include <fastdds/dds/subscriber/DataReaderListener.hpp>
#include <fastdds/dds/subscriber/SampleInfo.hpp>
#include <fastdds/dds/subscriber/Subscriber.hpp>
#include <fastdds/rtps/transport/UDPv4TransportDescriptor.h>
#include <nlohmann/json.hpp>

#include "ecu_v1.h"
#include "ecu_v1PubSubTypes.h"

using namespace eprosima::fastdds::dds;
using eprosima::fastrtps::Duration_t;
using eprosima::fastrtps::fixed_string;
using json = nlohmann::ordered_json;

#include "ecu_v1_fields.h"

// ------------------------------------------------------------------------------------------------ samples as JSON

// Enums travel as numbers, so that a value that the enum does not have can be sent; numbers that JSON lacks travel as text.
struct Printer
{
  json out = json::object();

  template <class T> void operator()(const char* name, T& value) { out[name] = print(value); }

  template <size_t N> static json print(fixed_string<N>& value) { return value.to_string(); }
  template <class T, size_t N> static json print(std::array<T, N>& value)
  {
    json list = json::array();
    for (T& element : value) list.push_back(print(element));
    return list;
  }
  static json print(double& value)
  {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return value;
  }
  template <class T> static json print(T& value)
  {
    if constexpr (std::is_same_v<T, bool>) return value;
    else if constexpr (std::is_enum_v<T>) return static_cast<uint32_t>(value);
    else if constexpr (std::is_arithmetic_v<T>) return value;
    else
    {
      Printer inner;
      visit(inner, value);
      return inner.out;
    }
  }
};

struct Filler
{
  const json& in;

  template <class T> void operator()(const char* name, T& value) { if (in.contains(name)) fill(in[name], value); }

  template <size_t N> static void fill(const json& from, fixed_string<N>& value)
  {
    const auto text = from.get<std::string>();
    if (text.size() > N) throw std::runtime_error("a string<" + std::to_string(N) + "> does not take " + std::to_string(text.size()) + " bytes");
    value = text;
  }
  template <class T, size_t N> static void fill(const json& from, std::array<T, N>& value)
  {
    for (size_t i = 0; i < N && i < from.size(); i++) fill(from[i], value[i]);
  }
  static void fill(const json& from, double& value)
  {
    if (!from.is_string()) value = from.get<double>();
    else if (from == "NaN") value = std::numeric_limits<double>::quiet_NaN();
    else value = from == "Infinity" ? HUGE_VAL : -HUGE_VAL;
  }
  template <class T> static void fill(const json& from, T& value)
  {
    if constexpr (std::is_enum_v<T>) value = static_cast<T>(from.get<uint32_t>());
    else if constexpr (std::is_arithmetic_v<T>) value = from.get<T>();
    else visit(Filler{from}, value);
  }
};

struct Kind
{
  virtual ~Kind() = default;
  virtual TypeSupport type() const = 0;
  virtual std::shared_ptr<void> make() const = 0;
  virtual void fill(const json& from, void* sample) const = 0;
  virtual json print(void* sample) const = 0;
};

template <class T, class P> struct KindOf final : Kind
{
  TypeSupport type() const override { return TypeSupport(new P()); }
  std::shared_ptr<void> make() const override { return std::make_shared<T>(); }
  void fill(const json& from, void* sample) const override { visit(Filler{from}, *static_cast<T*>(sample)); }
  json print(void* sample) const override { return Printer::print(*static_cast<T*>(sample)); }
};

#define KIND(name, type) {#name, std::make_shared<KindOf<type, type##PubSubType>>()},
static const std::map<std::string, std::shared_ptr<Kind>> kinds = { TOPICS(KIND) };

// ------------------------------------------------------------------------------------------------ what is printed

static std::mutex output;

template <class... Parts> static void say(const Parts&... parts)
{
  std::lock_guard<std::mutex> guard(output);
  (std::cout << ... << parts) << std::endl;
}

static const char* policy(QosPolicyId_t id)
{
  switch (id)
  {
    case RELIABILITY_QOS_POLICY_ID: return "RELIABILITY";
    case DURABILITY_QOS_POLICY_ID: return "DURABILITY";
    case DEADLINE_QOS_POLICY_ID: return "DEADLINE";
    case LIVELINESS_QOS_POLICY_ID: return "LIVELINESS";
    case OWNERSHIP_QOS_POLICY_ID: return "OWNERSHIP";
    default: return "OTHER";
  }
}

struct ReaderSide final : DataReaderListener
{
  ReaderSide(std::string topic, std::shared_ptr<Kind> kind, bool hold) : topic(std::move(topic)), kind(std::move(kind)), hold(hold) {}

  int take(DataReader* reader)
  {
    int count = 0;
    SampleInfo info;
    for (auto sample = kind->make(); reader->take_next_sample(sample.get(), &info) == ReturnCode_t::RETCODE_OK; sample = kind->make(), count++)
    {
      if (info.valid_data) say("sample ", topic, " ", kind->print(sample.get()).dump(-1, ' ', false, json::error_handler_t::replace));
      else say("gone ", topic, " ", info.instance_state == NOT_ALIVE_DISPOSED_INSTANCE_STATE ? "disposed" : "no-writers");
    }
    return count;
  }

  void on_data_available(DataReader* reader) override { if (!hold) take(reader); }
  void on_subscription_matched(DataReader*, const SubscriptionMatchedStatus& s) override { say("matched reader ", topic, " ", s.current_count); }
  void on_requested_deadline_missed(DataReader*, const RequestedDeadlineMissedStatus& s) override { say("deadline reader ", topic, " ", s.total_count); }
  void on_liveliness_changed(DataReader*, const LivelinessChangedStatus& s) override { say("alive reader ", topic, " ", s.alive_count); }
  void on_requested_incompatible_qos(DataReader*, const RequestedIncompatibleQosStatus& s) override { say("incompatible reader ", topic, " ", policy(s.last_policy_id)); }

  const std::string topic;
  const std::shared_ptr<Kind> kind;
  const bool hold;
};

struct WriterSide final : DataWriterListener
{
  explicit WriterSide(std::string topic) : topic(std::move(topic)) {}

  void on_publication_matched(DataWriter*, const PublicationMatchedStatus& s) override { say("matched writer ", topic, " ", s.current_count); }
  void on_offered_deadline_missed(DataWriter*, const OfferedDeadlineMissedStatus& s) override { say("deadline writer ", topic, " ", s.total_count); }
  void on_offered_incompatible_qos(DataWriter*, const OfferedIncompatibleQosStatus& s) override { say("incompatible writer ", topic, " ", policy(s.last_policy_id)); }

  const std::string topic;
};

// ------------------------------------------------------------------------------------------------ entities

static Duration_t milliseconds(int64_t ms) { return Duration_t(static_cast<int32_t>(ms / 1000), static_cast<uint32_t>(ms % 1000 * 1000000)); }

// One entry of idl/topics.json; policies that only one side has are set on both and ignored by the other.
template <class Qos> static void apply(const json& from, Qos& qos)
{
  qos.reliability().kind = from.value("reliability", "") == "reliable" ? RELIABLE_RELIABILITY_QOS : BEST_EFFORT_RELIABILITY_QOS;
  qos.durability().kind = from.value("durability", "") == "transient-local" ? TRANSIENT_LOCAL_DURABILITY_QOS : VOLATILE_DURABILITY_QOS;
  qos.history().kind = from.value("history", "") == "keep-all" ? KEEP_ALL_HISTORY_QOS : KEEP_LAST_HISTORY_QOS;
  qos.history().depth = from.value("depth", 1);
  qos.resource_limits().max_samples = 0;  // without a limit: the default of ten instances is for one ECU, not for a test
  qos.resource_limits().max_instances = 0;
  qos.resource_limits().max_samples_per_instance = 0;
  if (from.contains("deadlineMs")) qos.deadline().period = milliseconds(from["deadlineMs"]);
  if (from.contains("lifespanMs")) qos.lifespan().duration = milliseconds(from["lifespanMs"]);
  if (from.contains("livelinessLeaseMs"))
  {
    qos.liveliness().lease_duration = milliseconds(from["livelinessLeaseMs"]);
    qos.liveliness().announcement_period = milliseconds(from["livelinessLeaseMs"].get<int64_t>() / 3);
  }
  if (from.value("ownership", "") == "exclusive") qos.ownership().kind = EXCLUSIVE_OWNERSHIP_QOS;
  qos.data_sharing().off();
}

class Peer
{
public:
  Peer(uint32_t domain, int64_t leaseMs)
  {
    auto transport = std::make_shared<eprosima::fastdds::rtps::UDPv4TransportDescriptor>();
    transport->interfaceWhiteList = {"127.0.0.1"};
    transport->maxInitialPeersRange = 32;
    DomainParticipantQos qos;
    qos.name("fastdds-peer");
    qos.transport().use_builtin_transports = false;
    qos.transport().user_transports.push_back(transport);
    auto& builtin = qos.wire_protocol().builtin;
    eprosima::fastrtps::rtps::Locator_t peer;
    eprosima::fastrtps::rtps::IPLocator::setIPv4(peer, 127, 0, 0, 1);
    builtin.initialPeersList.push_back(peer);
    builtin.discovery_config.leaseDuration = milliseconds(leaseMs);
    builtin.discovery_config.leaseDuration_announcementperiod = milliseconds(leaseMs / 4);
    participant = DomainParticipantFactory::get_instance()->create_participant(domain, qos);
    if (participant == nullptr) throw std::runtime_error("no participant on domain " + std::to_string(domain));
    publisher = participant->create_publisher(PUBLISHER_QOS_DEFAULT);
    subscriber = participant->create_subscriber(SUBSCRIBER_QOS_DEFAULT);
  }

  ~Peer()
  {
    participant->delete_contained_entities();
    DomainParticipantFactory::get_instance()->delete_participant(participant);
  }

  void openReader(const std::string& name, const json& from)
  {
    DataReaderQos qos = DATAREADER_QOS_DEFAULT;
    apply(from, qos);
    auto side = std::make_unique<ReaderSide>(name, kinds.at(name), from.value("hold", false));
    auto reader = subscriber->create_datareader(topic(name), qos, side.get());
    if (reader == nullptr) throw std::runtime_error("no reader");
    readers[name] = {reader, std::move(side)};
  }

  void openWriter(const std::string& name, const json& from)
  {
    DataWriterQos qos = DATAWRITER_QOS_DEFAULT;
    apply(from, qos);
    qos.ownership_strength().value = from.value("ownershipStrength", 0);
    auto side = std::make_unique<WriterSide>(name);
    auto writer = publisher->create_datawriter(topic(name), qos, side.get());
    if (writer == nullptr) throw std::runtime_error("no writer");
    writers[name] = {writer, std::move(side)};
  }

  void close(const std::string& role, const std::string& name)
  {
    if (role == "reader")
    {
      subscriber->delete_datareader(readers.at(name).first);
      readers.erase(name);
    }
    else
    {
      publisher->delete_datawriter(writers.at(name).first);
      writers.erase(name);
    }
  }

  void write(const std::string& name, const json& from)
  {
    const auto& kind = kinds.at(name);
    auto sample = kind->make();
    kind->fill(from, sample.get());
    if (!writers.at(name).first->write(sample.get())) throw std::runtime_error("write refused");
  }

  int take(const std::string& name)
  {
    auto& [reader, side] = readers.at(name);
    return side->take(reader);
  }

private:
  Topic* topic(const std::string& name)
  {
    if (topics.count(name) == 0)
    {
      TypeSupport type = kinds.at(name)->type();
      // The contract sends no type information: ids of types differ between vendors.
      type->auto_fill_type_information(false);
      type->auto_fill_type_object(false);
      type.register_type(participant, "ecu::v1::" + name);
      topics[name] = participant->create_topic(name, "ecu::v1::" + name, TOPIC_QOS_DEFAULT);
    }
    return topics[name];
  }

  DomainParticipant* participant;
  Publisher* publisher;
  Subscriber* subscriber;
  std::map<std::string, Topic*> topics;
  std::map<std::string, std::pair<DataReader*, std::unique_ptr<ReaderSide>>> readers;
  std::map<std::string, std::pair<DataWriter*, std::unique_ptr<WriterSide>>> writers;
};

int main(int argc, char** argv)
{
  if (argc != 3)
  {
    std::cerr << "usage: peer DOMAIN LEASE_MS" << std::endl;
    return 2;
  }

  Peer peer(static_cast<uint32_t>(std::stoul(argv[1])), std::stoll(argv[2]));
  say("ready");
  std::string line;
  while (std::getline(std::cin, line))
  {
    std::istringstream words(line);
    std::string verb, first, rest;
    words >> verb >> first;
    std::getline(words, rest);
    try
    {
      if (verb == "reader") peer.openReader(first, json::parse(rest));
      else if (verb == "writer") peer.openWriter(first, json::parse(rest));
      else if (verb == "close") peer.close(first, rest.substr(1));
      else if (verb == "write") peer.write(first, json::parse(rest));
      else if (verb == "take") rest = " " + std::to_string(peer.take(first));
      else throw std::runtime_error("unknown verb");
      if (verb == "take") say("done take ", first, rest);
      else if (verb == "close") say("done close ", first, rest);
      else say("done ", verb, " ", first);
    }
    catch (const std::exception& e)
    {
      say("refused ", verb, " ", first, ": ", e.what());
    }
  }

  return 0;
}
