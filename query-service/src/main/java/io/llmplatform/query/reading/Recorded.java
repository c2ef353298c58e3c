package io.llmplatform.query.reading;

import io.llmplatform.contracts.read.ReadRecord;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A read that stands in the audit log. It is answered when its record is safe, or not at all. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Recorded {
    ReadRecord.Type value();
}
