"""Scapy as judge of bytes.
read: hex lines on stdin, a description of each on stdout.
build SEED COUNT: "hex|description" of messages that scapy has built.
fragment HEX: the TP segments that scapy makes of a message."""
import random
import sys
from scapy.contrib.automotive import someip as s
from scapy.packet import Raw, raw


def option(o):
    if isinstance(o, s.SDOption_Config):
        return "01 " + bytes(o.cfg_str).hex()
    if isinstance(o, s.SDOption_LoadBalance):
        return "02 %d %d" % (o.priority, o.weight)
    return "%02x %s %02x %d" % (o.type, o.addr, o.l4_proto, o.port)


def entry(e, options):
    if isinstance(e, s.SDEntry_Service):
        tail = e.minor_ver
    else:
        tail = (e.res << 20) | (e.cnt << 16) | e.eventgroup_id
    chosen = options[e.index_1:e.index_1 + e.n_opt_1] + options[e.index_2:e.index_2 + e.n_opt_2]
    return "%02x %04x %04x %d %d %08x {%s}" % (
        e.type, e.srv_id, e.inst_id, e.major_ver, e.ttl, tail, ", ".join(option(o) for o in chosen))


def describe(p):
    method = (0x8000 | p.event_id) if p.sub_id else p.method_id
    text = "%04x %04x %04x %04x %d %d %02x %02x" % (
        p.srv_id, method, p.client_id, p.session_id, p.proto_ver, p.iface_ver, p.msg_type, p.retcode)
    if s.SOMEIP._is_tp(p):
        text += " tp %d %d" % (p.offset * 16, p.more_seg)
    if s.SD in p:
        sd = p[s.SD]
        return text + " sd %02x [%s]" % (sd.flags, "; ".join(entry(e, list(sd.option_array)) for e in sd.entry_array))
    return text + " " + bytes(p.payload).hex()


def endpoint(r):
    v4 = "192.0.2.%d" % r.randint(1, 254)
    v6 = "2001:db8::%x" % r.randint(1, 0xffff)
    port = r.randint(1, 0xffff)
    proto = r.choice([0x06, 0x11])
    return r.choice([
        s.SDOption_IP4_EndPoint(addr=v4, l4_proto=proto, port=port),
        s.SDOption_IP6_EndPoint(addr=v6, l4_proto=proto, port=port)])


def any_option(r):
    return r.choice([
        endpoint(r),
        s.SDOption_LoadBalance(priority=r.randint(0, 0xffff), weight=r.randint(0, 0xffff)),
        s.SDOption_Config(cfg_str=s.SDOption_Config.make_string([("k%d" % i, "v" * i) for i in range(r.randint(1, 4))]))])


def build_sd(r):
    sd = s.SD(flags=r.choice([0x00, 0x40, 0x80, 0xc0, 0xe0]))
    options = [any_option(r) for _ in range(r.randint(1, 5))]
    entries = []
    for _ in range(r.randint(1, 5)):
        first = r.randint(0, len(options) - 1)
        common = dict(srv_id=r.randint(0, 0xffff), inst_id=r.randint(0, 0xffff), major_ver=r.randint(0, 255),
                      ttl=r.randint(0, 0xffffff), index_1=first, n_opt_1=r.randint(0, len(options) - first))
        entries.append(r.choice([
            s.SDEntry_Service(type=0x01, minor_ver=r.randint(0, 0xffffffff), **common),
            s.SDEntry_EventGroup(type=0x06, cnt=r.randint(0, 15), eventgroup_id=r.randint(0, 0xffff), **common)]))
    sd.set_entryArray(entries)
    sd.set_optionArray(options)
    return s.SOMEIP(session_id=r.randint(1, 0xffff)) / sd


def build(r):
    if r.random() < 0.5:
        return build_sd(r)
    p = s.SOMEIP(srv_id=r.randint(0, 0xfffe), sub_id=0, method_id=r.randint(0, 0x7fff), client_id=r.randint(0, 0xffff),
                 session_id=r.randint(0, 0xffff), iface_ver=r.randint(0, 255), retcode=r.randint(0, 10),
                 msg_type=r.choice([0x00, 0x01, 0x02, 0x80, 0x81, 0x20, 0x22, 0xa0]))
    if r.random() < 0.5:
        p.sub_id = 1
        p.event_id = r.randint(0, 0x7fff)
    if s.SOMEIP._is_tp(p):
        p.offset = r.randint(0, 1000)
        p.more_seg = r.randint(0, 1)
    return p / Raw(bytes(r.randint(0, 255) for _ in range(r.randint(1, 60))))


if sys.argv[1] == "read":
    for line in sys.stdin:
        print(describe(s.SOMEIP(bytes.fromhex(line.strip()))))
elif sys.argv[1] == "build":
    r = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[3])):
        p = build(r)
        print("%s|%s" % (raw(p).hex(), describe(p)))
else:
    whole = s.SOMEIP(bytes.fromhex(sys.argv[2]))
    whole.msg_type |= 0x20
    whole.offset = whole.res = whole.more_seg = 0
    for q in whole.fragment(1392):
        print(raw(q).hex())
