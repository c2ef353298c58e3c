package io.llmplatform.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedIpsTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7, 203.0.113.8, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.128/25, 192.168.1.255, true",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "1.2.3.4/32, 1.2.3.4, true",
        "1.2.3.4/32, 1.2.3.5, false",
        "10.0.0.0/8, ::ffff:10.2.3.4, true",
        "10.0.0.0/8, ::ffff:a02:304, true",
        "::ffff:10.0.0.0/104, 10.2.3.4, true",
        "::ffff:10.0.0.0/104, 11.2.3.4, false",
        "::ffff:1.2.3.4, 1.2.3.4, true",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "::/0, ::ffff:10.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/64, 2001:db8:0:0:ffff::, true",
        "2001:db8::/64, 2001:db8:0:1::, false",
        "2001:db8::/65, 2001:db8::8000:0:0:0, false",
        "2001:DB8::A, 2001:0db8:0:0:0:0:0:a, true",
        "fe80::/10, fe80::1%eth0, true",
        "::1, ::1, true",
        "::1, ::, false",
    })
    void rangesHoldWhatTheyShould(String entry, String ip, boolean expected) {
        assertThat(AllowedIps.of(List.of(entry)).contains(ip)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "localhost",
                "10",
                "10.1",
                "10.0.0",
                "10.0.0.0.0",
                "010.0.0.1",
                "10.0.0.256",
                "10.0.0.-1",
                "10.0.0.1 ",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "0x0a.0.0.1",
                "10.0.0.0/255.0.0.0",
                "10..0.1",
                ".10.0.1",
                "10.0.0.",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "12345::",
                "g::",
                "::1/129",
                "::1.2.3",
                "1.2.3.4::",
                ":1::2",
                "1::2:",
                "[::1]",
                "fe80::1%eth0",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "１０.0.0.1",
                "１::",
            })
    void garbageMatchesNothing(String entry) {
        var ips = AllowedIps.of(List.of(entry));
        for (var ip : List.of("10.0.0.1", "0.0.0.10", "0.0.0.0", "127.0.0.1", "8.0.0.1", "::", "::1", "1::2", entry)) {
            assertThat(ips.contains(ip)).as(ip).isFalse();
        }
    }

    @Test
    void anEmptyListLetsNobodyInAndGarbageDoesNotSpoilItsNeighbours() {
        assertThat(AllowedIps.of(List.of()).contains("10.0.0.1")).isFalse();
        var mixed = AllowedIps.of(List.of("garbage", "10.0.0.1", "2001:db8::/32"));
        assertThat(mixed.contains("10.0.0.1")).isTrue();
        assertThat(mixed.contains("2001:db8::5")).isTrue();
        assertThat(mixed.contains(null)).isFalse();
        assertThat(mixed.contains("example.com")).isFalse();
    }

    @Test
    void aListIsParsedOncePerInstance() {
        var memo = new AllowedIps.Memo(100);
        var one = List.of("10.0.0.1");
        var equal = new ArrayList<>(one);
        assertThat(memo.of(one)).isSameAs(memo.of(one)).isNotSameAs(memo.of(equal));
        assertThat(memo.of(equal).contains("10.0.0.1")).isTrue();
    }
}
