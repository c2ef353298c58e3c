package io.llmplatform.query.access;

import io.llmplatform.contracts.http.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The roles that may call an operation. One without this annotation is denied to all. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {
    Role[] value();

    /** Whether somebody who was known before the database went away may still call it. */
    boolean duringOutage() default false;
}
