package io.llmplatform.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard GUARD = new AddressGuard(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.0.255",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "100::1",
                "64:ff9b:1::808:808",
                "2001:db8::1",
                "2001:2::1",
                "2001:1ff::1",
                "3fff:fff::1",
                "5f00::1",
                "4000::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:0:0:1::808:808",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "2002:a9fe:a9fe::1",
                "2002:808:808::5efe:a00:1",
                "2001:0:a00:1::f7f7:f7f7",
                "2001:0:808:808::80ff:fffe",
                "2606:4700::5efe:c0a8:1",
                "2606:4700::200:5efe:7f00:1",
            })
    void whatIsNotOfThePublicInternetIsRefused(String address) {
        assertThat(GUARD.allows(InetAddress.ofLiteral(address))).isFalse();
        assertThat(new AddressGuard(true).allows(InetAddress.ofLiteral(address)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.101.0",
                "203.0.114.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2001:db7::1",
                "2a00:1450::1",
                "3ffe::1",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "2001:0:808:808::f7f7:f7f7",
                "2606:4700::5efe:808:808",
            })
    void publicAddressesPass(String address) {
        assertThat(GUARD.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    /** Java makes an IPv4 address of most mapped ones, but not of those built from bytes as IPv6. */
    @Test
    void mappedAddressesAreJudgedByWhatTheyCarry() throws Exception {
        assertThat(GUARD.allows(mapped("7f000001"))).isFalse();
        assertThat(GUARD.allows(mapped("a9fea9fe"))).isFalse();
        assertThat(GUARD.allows(mapped("c0a80001"))).isFalse();
        assertThat(GUARD.allows(mapped("08080808"))).isTrue();
    }

    private static InetAddress mapped(String ipv4) throws Exception {
        return Inet6Address.getByAddress(null, HexFormat.of().parseHex("00000000000000000000ffff" + ipv4), -1);
    }
}
