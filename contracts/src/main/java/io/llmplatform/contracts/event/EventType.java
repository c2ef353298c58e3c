package io.llmplatform.contracts.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name and revision under which an event is stored and published, independent of its Java class. For ever. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {
    /** Such as {@code api_key.ApiKeyIssued}: the aggregate type, a dot, the past-tense name. */
    String name();

    String revision() default "1";
}
