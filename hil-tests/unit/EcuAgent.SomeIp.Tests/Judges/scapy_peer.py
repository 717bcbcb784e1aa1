"""A SOME/IP peer made of scapy and plain sockets.
client OWN SD-PORT GROUP: waits for an offer, subscribes, calls over UDP, with TP and over TCP.
server OWN SD-PORT GROUP: answers a find, takes a subscription, sends an event, answers a call.
Each datagram is printed as "udp|tcp SOURCE DESTINATION HEX"; at the end "done"."""
import socket
import struct
import sys
from scapy.contrib.automotive import someip as s
from scapy.packet import Raw, raw

role, own, port, group = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]


def bound(address, p, reuse=False):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if reuse:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
    sock.bind((address, p))
    sock.settimeout(20)
    return sock


sd, app, multicast = bound(own, port), bound(own, 0), bound(group, port, reuse=True)
multicast.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton(own))
sessions = {}


def trace(kind, source, destination, data):
    print("%s %s:%d %s:%d %s" % (kind, source[0], source[1], destination[0], destination[1], data.hex()), flush=True)


def send(sock, to, packet):
    data = raw(packet)
    trace("udp", sock.getsockname(), to, data)
    sock.sendto(data, to)


def receive(sock, wanted):
    while True:
        data, source = sock.recvfrom(65536)
        if source[0] == own:
            continue
        trace("udp", source, sock.getsockname(), data)
        packet = s.SOMEIP(data)
        if raw(packet) != data:
            raise SystemExit("scapy writes other bytes: " + raw(packet).hex())
        if wanted(packet):
            return packet, source


def send_sd(to, entries, options):
    sessions[to] = sessions.get(to, 0) + 1
    message = s.SD(flags=0xc0)
    message.set_entryArray(entries)
    message.set_optionArray(options)
    send(sd, to, s.SOMEIP(session_id=sessions[to]) / message)


def entry_of(packet, kind, service=0x1234):
    if s.SD not in packet:
        return None
    return next((e for e in packet[s.SD].entry_array if e.type == kind and e.srv_id == service), None)


def request(payload, session, kind=0):
    return s.SOMEIP(srv_id=0x1234, sub_id=0, method_id=0x421, client_id=0x77, session_id=session, iface_ver=1, msg_type=kind) / Raw(payload)


def check(ok, what):
    if not ok:
        raise SystemExit("wrong: " + what)


def client():
    packet, peer = receive(multicast, lambda p: entry_of(p, 1) is not None)
    offer = entry_of(packet, 1)
    options = packet[s.SD].option_array[offer.index_1:offer.index_1 + offer.n_opt_1]
    udp = next((o.addr, o.port) for o in options if o.l4_proto == 0x11)
    tcp = next((o.addr, o.port) for o in options if o.l4_proto == 0x06)
    mine = s.SDOption_IP4_EndPoint(addr=own, l4_proto=0x11, port=app.getsockname()[1])
    send_sd(peer, [s.SDEntry_EventGroup(type=6, n_opt_1=1, srv_id=0x1234, inst_id=0x5678, major_ver=1, ttl=3, eventgroup_id=0x4465)], [mine])
    packet, _ = receive(sd, lambda p: entry_of(p, 7) is not None)
    check(entry_of(packet, 7).ttl == 3, "subscription refused")
    packet, _ = receive(app, lambda p: p.msg_type == 2)
    check(packet.event_id == 1 and bytes(packet.payload) == b"\x01", "initial event")
    send_sd(peer, [s.SDEntry_EventGroup(type=6, n_opt_1=1, srv_id=0x1234, inst_id=0x5678, major_ver=1, ttl=3, eventgroup_id=0x0bad)], [mine])
    packet, _ = receive(sd, lambda p: entry_of(p, 7) is not None)
    check(entry_of(packet, 7).ttl == 0, "subscription to an unknown eventgroup taken")

    send(app, udp, request(b"hello", 1))
    packet, _ = receive(app, lambda p: p.msg_type == 0x80)
    check(bytes(packet.payload) == b"hello" and packet.client_id == 0x77 and packet.session_id == 1, "echo")
    wrong = request(b"", 2)
    wrong.iface_ver = 9
    send(app, udp, wrong)
    packet, _ = receive(app, lambda p: p.msg_type == 0x81)
    check(packet.retcode == 8, "interface version")

    long = bytes(i % 251 for i in range(3000))
    whole = request(long, 3, kind=0x20)
    whole.offset = whole.res = whole.more_seg = 0
    for segment in whole.fragment(1392):
        send(app, udp, segment)
    answer = b""
    while True:
        packet, _ = receive(app, lambda p: p.msg_type == 0xa0)
        check(packet.offset * 16 == len(answer), "offset")
        answer += bytes(packet.payload)
        if not packet.more_seg:
            break
    check(answer == long, "TP echo")

    with socket.create_connection(tcp, timeout=20, source_address=(own, 0)) as stream:
        data = bytes.fromhex("ffff000000000008deadbeef01010100") + raw(request(b"over tcp", 4))
        trace("tcp", stream.getsockname(), tcp, data)
        stream.sendall(data)
        got = b""
        while len(got) < 16 + 16 + 8:
            part = stream.recv(65536)
            check(part, "TCP closed")
            got += part
        trace("tcp", tcp, stream.getsockname(), got)
        check(got[:16].hex() == "ffff800000000008deadbeef01010200", "cookie of the server")
        check(bytes(s.SOMEIP(got[16:]).payload) == b"over tcp", "TCP echo")
    send_sd(peer, [s.SDEntry_EventGroup(type=6, n_opt_1=1, srv_id=0x1234, inst_id=0x5678, major_ver=1, ttl=0, eventgroup_id=0x4465)], [mine])


def server():
    packet, peer = receive(multicast, lambda p: entry_of(p, 0) is not None)
    find = entry_of(packet, 0)
    check(find.inst_id == 0xffff and find.minor_ver == 0xffffffff and find.n_opt_1 == 0, "find")
    mine = s.SDOption_IP4_EndPoint(addr=own, l4_proto=0x11, port=app.getsockname()[1])
    send_sd(peer, [s.SDEntry_Service(type=1, n_opt_1=1, srv_id=0x1234, inst_id=0x5678, major_ver=1, ttl=3)], [mine])
    packet, _ = receive(sd, lambda p: entry_of(p, 6) is not None)
    e = entry_of(packet, 6)
    target = packet[s.SD].option_array[e.index_1]
    send_sd(peer, [s.SDEntry_EventGroup(type=7, srv_id=0x1234, inst_id=0x5678, major_ver=1, ttl=e.ttl, eventgroup_id=e.eventgroup_id, cnt=e.cnt)], [])
    events = s.SOMEIP(srv_id=0x1234, sub_id=1, event_id=0x778, session_id=1, iface_ver=1, msg_type=2) / Raw(b"one")
    send(app, (target.addr, target.port), events)
    packet, source = receive(app, lambda p: p.msg_type == 0)
    answer = packet.copy()
    answer.msg_type = 0x80
    send(app, source, answer)


client() if role == "client" else server()
print("done")
