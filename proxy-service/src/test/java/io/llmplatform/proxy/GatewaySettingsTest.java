package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewaySettingsTest {
    @Test
    void originsComeAsJsonListOrSeparatedByCommas() {
        assertThat(GatewaySettings.list("[\"http://a\", \"http://b\"]")).containsExactly("http://a", "http://b");
        assertThat(GatewaySettings.list("http://a, http://b ,")).containsExactly("http://a", "http://b");
        assertThat(GatewaySettings.list("")).isEmpty();
    }
}
