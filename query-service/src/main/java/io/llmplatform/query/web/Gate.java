package io.llmplatform.query.web;

import org.springframework.web.servlet.HandlerInterceptor;

/** Something a request has to pass; a gate of another package than this. */
public interface Gate extends HandlerInterceptor {
    Place place();

    /** Nobody learns which parameters there are before it is known who asks; nobody waits for a request that is wrong. */
    enum Place {
        BEFORE_PARAMETERS,
        AFTER_PARAMETERS
    }
}
