package io.llmplatform.command.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    /** The secret of RFC 6238, appendix B. */
    private static final String SECRET =
            new Base32().encodeToString("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** Its table, of which apps show the last six digits. */
    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037"})
    void makesTheCodesOfTheStandard(long second, String code) {
        assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(second))).hasValue(second / 30);
    }

    @Test
    void aCodeIsRightOneStepBeforeAndAfterItsOwn() {
        var code = Totp.code(SECRET, 1000);

        assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(999 * 30))).hasValue(1000);
        assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(1001 * 30 + 29)))
                .hasValue(1000);
        assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(999 * 30 - 1))).isEmpty();
        assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(1002 * 30))).isEmpty();
    }

    @Test
    void whatIsNoCodeIsWrong() {
        var now = Instant.ofEpochSecond(30_000);
        assertThat(Totp.step(SECRET, "", now)).isEmpty();
        assertThat(Totp.step(SECRET, "０００００５", now)).isEmpty();
        assertThat(Totp.wellFormed("12345")).isFalse();
        assertThat(Totp.wellFormed("１２３４５６")).isFalse();
        assertThat(Totp.wellFormed("123456")).isTrue();
    }

    @Test
    void secretsHave160BitsAndTheUriSaysWhatAppsNeed() {
        var secret = Totp.secret(new SecureRandom());
        assertThat(new Base32().decode(secret)).hasSize(20);
        assertThat(secret).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.secret(new SecureRandom()));
        assertThat(Totp.uri("ABC", "ann@example.org"))
                .isEqualTo("otpauth://totp/LLM%20Platform:ann%40example.org?secret=ABC&issuer=LLM%20Platform"
                        + "&algorithm=SHA1&digits=6&period=30");
    }
}
