package io.llmplatform.contracts.event;

/**
 * A piece of personal data inside an event. Its shape leaves room for a sealed form (ciphertext under the subject's own
 * key beside {@code subject}), so that erasing a person means destroying one key and no event is ever rewritten.
 *
 * @param subject id of the person it is about
 * @param clear   the value
 */
public record Personal(String subject, String clear) {
    @Override
    public String toString() {
        return "Personal[" + subject + "]";
    }
}
