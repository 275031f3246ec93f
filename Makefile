# Aliases only; everything is done by ./run.
.PHONY: help setup demo test check serve
help:
	@./run
setup demo test check serve:
	@./run $@
