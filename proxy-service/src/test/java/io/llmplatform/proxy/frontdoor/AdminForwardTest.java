package io.llmplatform.proxy.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminForwardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/v1/../../health", "/api/admin/v1/%2e%2e/x", "/api/admin/v1/a%2fb", "/api/admin/v1/a%252fb",
                "/api/admin/v1//users", "/api/admin/v1/users;x=1", "/api/admin/v1/a\\b", "/api/admin/v1/%5C",
                "/api/admin/v1/./users", "/api/admin/v1/%00"
            })
    void pathsThatTwoReadersCouldTakeDifferentlyAreRefused(String path) {
        assertThat(AdminForward.isPlain(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/admin/v1/users", "/api/admin/v1/users/usr_01k9/disable", "/api/admin/v1/a%20b"})
    void plainPathsPass(String path) {
        assertThat(AdminForward.isPlain(path)).isTrue();
    }
}
