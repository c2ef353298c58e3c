package io.llmplatform.proxy.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementTargetTest {
    private static final String USERS = "/api/admin/v1/users";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/v1/../../health", "/api/admin/v1/%2e%2e/x", "/api/admin/v1/a%2fb", "/api/admin/v1/a%252fb",
                "/api/admin/v1//users", "/api/admin/v1/users;x=1", "/api/admin/v1/a\\b", "/api/admin/v1/%5C",
                "/api/admin/v1/./users", "/api/admin/v1/%00"
            })
    void pathsThatTwoReadersCouldTakeDifferentlyAreRefused(String path) {
        assertThat(ManagementTarget.isPlain(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%", "a%2", "a%zz", "a{b", "a|b", "a}b", "a\"b", "a<b", "a>b", "a^b", "a`b", "a b", "å"})
    void pathsThatNoUriMayHaveAreRefused(String last) {
        assertThat(ManagementTarget.isPlain("/api/admin/v1/" + last)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%0a", "a#b", "[x]"})
    void pathsThatNoServiceCouldReadAreRefused(String last) {
        assertThat(ManagementTarget.isPlain("/api/admin/v1/" + last)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/v1/users",
                "/api/admin/v1/users/usr_01k9/disable",
                "/api/admin/v1/a%20b",
                "/api/admin/v1/%E5%90%8D"
            })
    void plainPathsPass(String path) {
        assertThat(ManagementTarget.isPlain(path)).isTrue();
    }

    @Test
    void aQueryIsEscapedOnlyWhereItMustBe() {
        var raw = new String("名".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(ManagementTarget.of(USERS, "q=" + raw + "|\"<>^`\\[]#&a=%2F+b;c?d"))
                .isEqualTo(USERS + "?q=%E5%90%8D%7C%22%3C%3E%5E%60%5C%5B%5D%23&a=%2F+b;c?d");
        assertThat(ManagementTarget.of(USERS, null)).isEqualTo(USERS);
        assertThat(ManagementTarget.of(USERS, "")).isEqualTo(USERS + "?");
    }

    @Test
    void aQueryThatCannotBeDecodedIsRefused() {
        assertThat(ManagementTarget.isSound(null)).isTrue();
        assertThat(ManagementTarget.isSound("q=%E5%90%8D&a=+%0A")).isTrue();
        assertThat(ManagementTarget.isSound("q=100%")).isFalse();
        assertThat(ManagementTarget.isSound("q=%zz")).isFalse();
        assertThat(ManagementTarget.isSound("q=%ff")).isFalse();
    }
}
