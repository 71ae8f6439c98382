/* The program that people start: the bundled Python, with this program's modules and nothing from outside.
 *
 * A program of its own, not a script: the environment cannot change what is imported, options of Python cannot be
 * passed, the process has the product's name, and an AppArmor profile can name it without naming a whole interpreter.
 */
#include <Python.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Window managers find the menu entry by the program's name, which Qt takes from the first argument. */
static const wchar_t start[] = L"import sys\n"
                               L"sys.argv[:1] = ['pnm-launcher']\n"
                               L"from pnm_launcher.__main__ import main\n"
                               L"sys.exit(main())\n";

static PyStatus add_path(PyConfig *config, const char *root, const char *folder)
{
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", root, folder);
    wchar_t *wide = Py_DecodeLocale(path, NULL);
    if (wide == NULL)
        return PyStatus_NoMemory();
    PyStatus status = PyWideStringList_Append(&config->module_search_paths, wide);
    PyMem_RawFree(wide);
    return status;
}

static PyStatus prepare(PyConfig *config, int argc, char **argv, const char *program, const char *root)
{
    static const char *const folders[] = {"python", "python/lib-dynload", "app"};
    PyStatus status = PyConfig_SetBytesArgv(config, argc, argv);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(config, &config->executable, program);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(config, &config->prefix, root);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(config, &config->exec_prefix, root);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetString(config, &config->run_command, start);
    config->module_search_paths_set = 1;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && !PyStatus_Exception(status); i++)
        status = add_path(config, root, folders[i]);
    config->site_import = 0;
    config->write_bytecode = 0;
    config->install_signal_handlers = 1; /* Ctrl+C ends the commands that run until then */
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(config);
    return status;
}

int main(int argc, char **argv)
{
    char program[PATH_MAX], root[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        fputs("pnm-launcher: /proc is needed to find the program's files\n", stderr);
        return 1;
    }
    program[length] = '\0';
    strcpy(root, program);
    *strrchr(root, '/') = '\0';

    PyPreConfig before;
    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&before);
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    if (!PyStatus_Exception(status))
        status = prepare(&config, argc, argv, program, root);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
    return Py_RunMain();
}
