package io.llmplatform.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,        10.255.1.2,       true",
        "10.0.0.0/8,        11.0.0.0,         false",
        "10.1.2.3/8,        10.9.9.9,         true",
        "192.168.1.128/25,  192.168.1.127,    false",
        "192.168.1.128/25,  192.168.1.255,    true",
        "203.0.113.7,       203.0.113.7,      true",
        "203.0.113.7,       203.0.113.8,      false",
        "0.0.0.0/0,         8.8.8.8,          true",
        "0.0.0.0/0,         ::1,              false",
        "2001:DB8::/32,     2001:db8:1::5,    true",
        "2001:db8::/33,     2001:db8:8000::1, false",
        "::ffff:10.0.0.1,   10.0.0.1,         true",
    })
    void containsWhatSharesItsLeadingBits(String range, String address, boolean contained) {
        assertThat(IpRange.parse(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0/8",
                "256.0.0.1",
                "010.0.0.1",
                "localhost",
                "example.com/8",
                "::1/129",
                "fe80::1%eth0",
                "1",
                "10.0.0.1 ",
                "::ffff:10.0.0.1/95"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpRange.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.1.1.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:7f00:1::"
            })
    void theseAreInternal(String address) {
        assertThat(InternalNetworks.contains(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8"})
    void theseAreNot(String address) {
        assertThat(InternalNetworks.contains(InetAddress.ofLiteral(address))).isFalse();
    }
}
