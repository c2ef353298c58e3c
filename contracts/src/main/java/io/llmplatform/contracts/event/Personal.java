package io.llmplatform.contracts.event;

/**
 * A piece of personal data inside an event, in memory. Stored and published it is sealed under the subject's own key
 * ({@link io.llmplatform.contracts.personal.PersonalData}), so that erasing a person means destroying one key and no
 * event is ever rewritten.
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
