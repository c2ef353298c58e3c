package io.llmplatform.command.write;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.util.WebUtils;

/**
 * Puts the transaction around the controller's method, its arguments and its answer: close enough for an exception to
 * reach the usual handlers, wide enough to be done again as a whole.
 */
final class WriteHandlerAdapter extends RequestMappingHandlerAdapter {
    private final ObjectProvider<WriteTransactions> transactions;

    WriteHandlerAdapter(ObjectProvider<WriteTransactions> transactions) {
        this.transactions = transactions;
    }

    @Override
    protected @Nullable ModelAndView handleInternal(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod method) throws Exception {
        var write = WriteRequest.of(request);
        if (write == null) {
            return super.handleInternal(request, response, method);
        }
        var answer = WebUtils.getNativeResponse(response, HeldAnswer.class);
        if (answer == null) {
            throw new IllegalStateException("the answer of a write in one transaction must be held back");
        }
        transactions
                .getObject()
                .carryOut(write, request, answer, () -> super.handleInternal(request, response, method));
        return null;
    }
}
